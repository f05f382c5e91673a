import type { DiagnosticCode } from '../model/diagnostic-code.ts';
import { diagnosticCodes } from '../model/diagnostic-code.ts';
import { inputCodes } from './input-codes.ts';
import type { CodeDescription } from './rule.ts';
import { rules } from './rules.ts';

/** A code with everything that its page says. */
export interface DescribedCode extends CodeDescription {
  /** One sentence. */
  readonly summary: string;
  /** The address of its page. */
  readonly page: string;
}

const descriptions: ReadonlyMap<DiagnosticCode, CodeDescription> = new Map(
  [...inputCodes, ...rules].map((description) => [description.code, description]),
);

export function describeCode(code: DiagnosticCode): DescribedCode {
  const summary = diagnosticCodes[code];
  return {
    documentation: summary,
    ...descriptions.get(code),
    code,
    summary,
    page: `https://xdsim.dev/diagnostics/${code}`,
  };
}

/** Every code, in alphabetical order. */
export function describeCodes(): readonly DescribedCode[] {
  return (Object.keys(diagnosticCodes) as DiagnosticCode[]).map(describeCode);
}
