import type { Section } from '../diff/difference.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { print } from '../print/print.ts';
import { sectionViews } from '../print/section-views.ts';
import type { Translation } from '../translate.ts';
import { escapeHtml } from './escape-html.ts';
import type { ExampleOptions } from './example-options.ts';
import { ownResources } from './own-resources.ts';
import { type ComparedVersions, renderDifferences } from './render-differences.ts';
import { renderTable } from './render-table.ts';
import { renderTrace } from './render-trace.ts';
import type { ExampleResult } from './run-example.ts';

export interface RenderOptions {
  /** Renders YAML as code, for example with the site's own highlighting. */
  readonly renderYaml: (yaml: string) => string;
  /** A link that opens the example in a playground. */
  readonly playgroundUrl?: string;
}

/** What an example gives, as HTML: diagnostics, traces, picked parts, tables, and the whole as YAML behind a disclosure. */
export function renderExample(result: ExampleResult, options: RenderOptions): string {
  const own = result.options.all
    ? { translation: result.translation, omitted: undefined }
    : ownResources(result.translation);
  return [
    '<div class="xdsim-output">',
    ...(result.diagnostics.length > 0 ? [renderDiagnostics(result.diagnostics)] : []),
    ...result.traces.map(renderTrace),
    ...result.picked.map(({ path, value }) => renderPicked(path, options.renderYaml(print(value, { format: 'yaml' })))),
    ...result.options.sections.map((section) =>
      renderTable(sectionViews[section].table(own.translation), captionOf(section, own.omitted)),
    ),
    ...(result.compared ? [renderDifferences(comparisonOf(result, result.compared))] : []),
    renderWhole(own.translation, result.options, options),
    ...(options.playgroundUrl
      ? [`<p class="xdsim-open"><a href="${escapeHtml(options.playgroundUrl)}">Open in the playground</a></p>`]
      : []),
    '</div>',
  ].join('\n');
}

/** The older version stands first. */
function comparisonOf({ translation, options }: ExampleResult, compared: Translation): ComparedVersions {
  const own = { snapshot: translation, version: options.scenario.istioVersion ?? '1.30' };
  const other = { snapshot: compared, version: options.compare ?? '1.30' };
  const [before, after] = other.version < own.version ? [other, own] : [own, other];
  return { before: before.snapshot, after: after.snapshot, versions: [before.version, after.version] };
}

function captionOf(
  section: Section,
  omitted: Readonly<Partial<Record<Section, number>>> | undefined,
): { readonly title: string; readonly note?: string } {
  const count = omitted?.[section] ?? 0;
  return {
    title: sectionViews[section].title,
    ...(count > 0 && { note: `without the ${count} that every sidecar has` }),
  };
}

function renderPicked(path: string, code: string): string {
  return `<figure class="xdsim-pick"><figcaption><code>${escapeHtml(path)}</code></figcaption>${code}</figure>`;
}

function renderWhole(
  translation: Translation,
  { sections: names }: ExampleOptions,
  { renderYaml }: RenderOptions,
): string {
  if (names.length === 0) return '';
  const chosen = Object.fromEntries(names.map((name) => [sectionViews[name].key, translation[sectionViews[name].key]]));
  return `<details class="xdsim-yaml"><summary>The same as YAML</summary>${renderYaml(print(chosen, { format: 'yaml' }))}</details>`;
}

function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const items = diagnostics.map(
    ({ severity, code, message, range }) =>
      `<li data-severity="${severity}"><strong>${severity}</strong> <code>${code}</code>${range ? ` line ${range.line}` : ''}: ${escapeHtml(message)}</li>`,
  );
  return `<ul class="xdsim-diagnostics" aria-label="Diagnostics">${items.join('')}</ul>`;
}
