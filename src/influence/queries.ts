import type { FieldInfluence, Influence } from './influence.ts';
import { touches, touchesDifference } from './touches.ts';

/**
 * The input fields that shape an output, those that shape the least else first: they say most. The path may lead to a
 * field, to what holds it, or into it. For an output that is not there, the fields that keep it out.
 */
export function fieldsThatShape({ fields }: Influence, outputPath: string): readonly FieldInfluence[] {
  return fields
    .filter(
      ({ outputs, variations }) =>
        outputs.some((output) => touches(output, outputPath)) ||
        variations.some(({ differences }) =>
          differences.some((difference) => difference.kind === 'added' && touchesDifference(difference, outputPath)),
        ),
    )
    .sort((left, right) => left.outputs.length - right.outputs.length);
}
