import { isDnsLabel } from './dns-label.ts';

export function subsetNameProblem(name: string): string | undefined {
  if (name === '') return 'Give the subset a name.';
  return isDnsLabel(name)
    ? undefined
    : `Subset name "${name}" may only consist of letters, digits and inner dashes, at most 63.`;
}
