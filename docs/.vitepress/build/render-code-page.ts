import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { type DescribedCode, type Diagnostic, lint, type Scenario } from '../../../src/index.ts';
import { escapeHtml } from '../../../src/markdown-it/escape-html.ts';
import { encodeState } from '../playground/share-state.ts';

const cases = path.resolve('golden/lint');

/** The page of a code: what it means, what to do, and the golden case that provokes it, linted anew. */
export function renderCodePage({ code, summary, documentation, seeAlso = [] }: DescribedCode, base: string): string {
  return [
    `# ${code}`,
    `**${summary}**`,
    ...(documentation === summary ? [] : [documentation]),
    ...renderCase(code, base),
    ...(seeAlso.length > 0
      ? ['## Elsewhere', `Other tools say the same with other names: ${seeAlso.map(linkOf).join(', ')}.`]
      : []),
    '## Silence it',
    `For one resource: the annotation \`xdsim.dev/ignore: ${code}\`. For a run: \`xdsim lint --ignore ${code}\`.`,
    '[All codes](./)',
  ].join('\n\n');
}

function renderCase(code: string, base: string): readonly string[] {
  const input = path.join(cases, code, 'fires.yaml');
  if (!fs.existsSync(input)) return [];
  const text = fs.readFileSync(input, 'utf8');
  const scenario = readScenario(path.join(cases, code));
  const findings = lint(text, scenario);
  if (!findings.some((finding) => finding.code === code)) throw new Error(`${input} does not provoke ${code}`);
  const link = `${base}playground.html#${encodeState({ text, scenario })}`;
  return [
    '## Example',
    ...(Object.keys(scenario).length > 0
      ? [`In the mesh and for the proxy of`, fence(JSON.stringify(scenario, null, 2), 'json')]
      : []),
    fence(text, 'yaml'),
    `<div class="xdsim-output"><ul class="xdsim-diagnostics" aria-label="Diagnostics">${findings.map(renderFinding).join('')}</ul><p class="xdsim-open"><a href="${link}">Open in the playground</a></p></div>`,
  ];
}

/** The scenario of the golden case, its own or the one that it shares with the case that stays silent. */
function readScenario(folder: string): Scenario {
  const file = ['fires.scenario.yaml', 'scenario.yaml']
    .map((name) => path.join(folder, name))
    .find((candidate) => fs.existsSync(candidate));
  return file === undefined ? {} : (load(fs.readFileSync(file, 'utf8')) as Scenario);
}

/** Longer than any fence inside. */
function fence(text: string, language: string): string {
  return `\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\``;
}

function renderFinding({ severity, code, message, range }: Diagnostic): string {
  const place = range ? ` line ${range.line}` : '';
  return `<li data-severity="${severity}" v-pre><strong>${severity}</strong> <code>${code}</code>${place}: ${escapeHtml(message).replaceAll('\n', ' ')}</li>`;
}

function linkOf(name: string): string {
  if (name.startsWith('IST')) {
    const page = `https://istio.io/latest/docs/reference/config/analysis/${name.toLowerCase()}/`;
    return `[${name}](${page}) of \`istioctl analyze\``;
  }
  if (name.startsWith('KIA'))
    return `[${name}](https://kiali.io/docs/features/validations/#${name.toLowerCase()}) of Kiali`;
  return /^https?:/.test(name) ? `<${name}>` : `\`${name}\``;
}
