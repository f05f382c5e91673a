import fs from 'node:fs';
import path from 'node:path';
import type { DescribedCode } from '../../../src/index.ts';

const examples = path.resolve('docs/diagnostics/_examples');

/** The page of a code: what it means, what to do, and an example where there is one. */
export function renderCodePage({ code, summary, documentation, seeAlso = [] }: DescribedCode): string {
  const example = path.join(examples, `${code}.md`);
  return [
    `# ${code}`,
    `**${summary}**`,
    ...(documentation === summary ? [] : [documentation]),
    ...(fs.existsSync(example) ? ['## Example', fs.readFileSync(example, 'utf8')] : []),
    ...(seeAlso.length > 0
      ? ['## Elsewhere', `Other tools say the same with other names: ${seeAlso.map(linkOf).join(', ')}.`]
      : []),
    '## Silence it',
    `For one resource: the annotation \`xdsim.dev/ignore: ${code}\`. For a run: \`xdsim lint --ignore ${code}\`.`,
    '[All codes](./)',
  ].join('\n\n');
}

function linkOf(name: string): string {
  if (name.startsWith('IST'))
    return `[${name}](https://istio.io/latest/docs/reference/config/analysis/${name.toLowerCase()}/) of \`istioctl analyze\``;
  if (name.startsWith('KIA'))
    return `[${name}](https://kiali.io/docs/features/validations/#${name.toLowerCase()}) of Kiali`;
  return /^https?:/.test(name) ? `<${name}>` : `\`${name}\``;
}
