import type { Diagnostic, Severity, SourceRange } from '../../model/diagnostic.ts';
import { type DiagnosticsContext, type PrintDiagnostics, subjectOf } from './diagnostic-format.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * SARIF 2.1.0, in the form that GitHub's code scanning takes.
 * Documented at https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and
 * https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const printSarif: PrintDiagnostics = (diagnostics, context) => {
  const reported = new Set(diagnostics.map(({ code }) => code));
  const rules = context.codes.filter(({ code }) => reported.has(code));
  const indexes = new Map(rules.map(({ code }, index) => [code, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'xdsim',
            informationUri: 'https://xdsim.dev',
            semanticVersion: context.toolVersion,
            rules: rules.map(describeRule),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => result(diagnostic, indexes.get(diagnostic.code) ?? -1, context)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function describeRule({ code, summary, documentation, page, seeAlso = [] }: DiagnosticsContext['codes'][number]) {
  const equal = seeAlso.length > 0 ? ` Also known as ${seeAlso.join(', ')}.` : '';
  return {
    id: code,
    name: code.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: documentation },
    help: { text: `${documentation}${equal}`, markdown: `${documentation}${equal} [More](${page})` },
    helpUri: page,
    ...(seeAlso.length > 0 && { properties: { tags: [...seeAlso] } }),
  };
}

function result(diagnostic: Diagnostic, ruleIndex: number, context: DiagnosticsContext) {
  const { code, severity, message, range, related = [] } = diagnostic;
  const subject = subjectOf(diagnostic);
  const others = related.flatMap((one, id) =>
    one.range ? [{ id, message: { text: one.message }, ...location(one.range) }] : [],
  );
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: subject === '' ? message : `${subject}: ${message}` },
    locations: [location(range ?? wholeOf(context), diagnostic)],
    ...(others.length > 0 && { relatedLocations: others }),
    partialFingerprints: { 'xdsim/v1': fingerprint(diagnostic) },
  };
}

/** Code scanning wants a place for everything: what has none is shown at the top of the first file. */
function wholeOf({ files }: DiagnosticsContext): SourceRange {
  return { file: files[0]?.file ?? 'input', line: 1, column: 1, endLine: 1, endColumn: 1 };
}

function location({ file, line, column, endLine, endColumn }: SourceRange, diagnostic?: Diagnostic) {
  const subject = diagnostic ? subjectOf(diagnostic) : '';
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split(/[\\/]/).map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
    ...(subject !== '' && { logicalLocations: [{ fullyQualifiedName: subject, kind: 'resource' }] }),
  };
}

/** The same finding keeps its fingerprint when lines above it change. */
function fingerprint({ code, resource, path = '' }: Diagnostic): string {
  const place = resource ? [resource.kind, resource.namespace, resource.name] : [];
  return [code, ...place, path].join(' ');
}
