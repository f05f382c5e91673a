import type { Trace } from '../explain/follow-url.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { parseFieldPath } from '../model/field-path.ts';
import { type Translation, translate } from '../translate.ts';
import { ExampleError } from './example-error.ts';
import type { ExampleOptions, ExpectedTrace } from './example-options.ts';
import { traceUrl } from './trace-url.ts';

export interface ExampleResult {
  readonly options: ExampleOptions;
  readonly text: string;
  readonly translation: Translation;
  readonly traces: readonly Trace[];
  readonly picked: readonly { readonly path: string; readonly value: unknown }[];
  /** Errors and warnings that the example is meant to show. */
  readonly diagnostics: readonly Diagnostic[];
  /** The same input on another Istio version, where `compare` asks for it. */
  readonly compared?: Translation;
}

/**
 * Translates and traces an example. Throws an `ExampleError` where the example is broken: it reports something that
 * its author does not expect, lacks what he expects, or a trace ends elsewhere than he says.
 */
export function runExample(text: string, options: ExampleOptions): ExampleResult {
  const translation = translate(text, options.scenario);
  const diagnostics = checkDiagnostics(translation.diagnostics, options.diagnostics);
  return {
    options,
    text,
    translation,
    diagnostics,
    traces: options.traces.map((trace) => follow(translation, trace)),
    picked: options.picks.map((path) => ({ path, value: pick(translation, path) })),
    ...(options.compare && {
      compared: translate(text, { ...options.scenario, istioVersion: options.compare }),
    }),
  };
}

function checkDiagnostics(found: readonly Diagnostic[], expected: readonly string[]): readonly Diagnostic[] {
  const surprise = found.find(({ severity, code }) => severity !== 'info' && !expected.includes(code));
  if (surprise) {
    const { code, message, range } = surprise;
    throw new ExampleError(`${code}: ${message}${range ? ` (line ${range.line} of the example)` : ''}`);
  }
  const missing = expected.find((code) => !found.some((diagnostic) => diagnostic.code === code));
  if (missing !== undefined) throw new ExampleError(`the example reports no "${missing}", which its author expects.`);
  return found.filter(({ code }) => expected.includes(code));
}

function follow(translation: Translation, trace: ExpectedTrace): Trace {
  const found = traceUrl(translation, trace.url, {
    ...(trace.address !== undefined && { address: trace.address }),
    ...(trace.method !== undefined && { method: trace.method }),
    headers: trace.headers,
  });
  const { explanation } = found;
  const clusters = [explanation.cluster, ...(explanation.weightedClusters ?? []).map(({ name }) => name)];
  if (trace.to !== undefined && !clusters.includes(trace.to))
    throw new ExampleError(`${trace.url} goes to ${clusters[0] ?? explanation.outcome}, not to ${trace.to}.`);
  expectEqual(trace, 'flag', explanation.responseFlag);
  expectEqual(trace, 'outcome', explanation.outcome);
  return found;
}

function expectEqual(trace: ExpectedTrace, name: 'flag' | 'outcome', found: string | undefined): void {
  if (trace[name] !== undefined && trace[name] !== found)
    throw new ExampleError(`${trace.url} ends with ${name} ${found ?? '-'}, not ${trace[name]}.`);
}

/** `clusters["outbound|443||a.example.com"].outlierDetection`: resources by name, then fields. */
function pick(translation: Translation, path: string): unknown {
  let value: unknown = translation;
  for (const part of parseFieldPath(path)) {
    if (Array.isArray(value))
      value = typeof part === 'number' ? value[part] : value.find((item) => item?.name === part);
    else if (typeof value === 'object' && value !== null) value = (value as Record<string, unknown>)[part];
    else value = undefined;
  }
  if (value === undefined) throw new ExampleError(`the output has no ${path}.`);
  return value;
}
