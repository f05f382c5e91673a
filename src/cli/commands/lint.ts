import { describeCodes } from '../../lint/describe-code.ts';
import { lint } from '../../lint/lint.ts';
import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import type { PrintDiagnostics } from '../../print/diagnostics/diagnostic-format.ts';
import { printGithub } from '../../print/diagnostics/github.ts';
import { printJson } from '../../print/diagnostics/json.ts';
import { printSarif } from '../../print/diagnostics/sarif.ts';
import { printText } from '../../print/diagnostics/text.ts';
import { choose } from '../choose.ts';
import { exitStatus } from '../exit-status.ts';
import { parseOptions, refusePositionals } from '../parse-options.ts';
import { isUnreadable } from '../print-diagnostics.ts';
import { inputOptions, readInputs, readScenarioOptions } from '../read-input.ts';
import { toolVersion } from '../tool-version.ts';

const formats: Readonly<Record<string, PrintDiagnostics>> = {
  text: printText,
  json: printJson,
  github: printGithub,
  sarif: printSarif,
};

/** From which severity on the command fails. */
const failing: Readonly<Record<string, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
};

/** `xdsim lint`: what is wrong, and what it does to the proxies. */
export async function lintCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    ...inputOptions,
    output: { type: 'string', short: 'o', default: 'text' },
    'fail-on': { type: 'string', default: 'error' },
    ignore: { type: 'string', multiple: true },
  });
  refusePositionals(positionals);
  const print = choose('-o', values.output, formats);
  const severities = choose('--fail-on', values['fail-on'], failing);
  const ignore = (values.ignore ?? []).flatMap((codes) => codes.split(',').flatMap((code) => code.trim() || []));

  const files = await readInputs(values.file);
  const diagnostics = lint(files, readScenarioOptions(values), { ignore });
  process.stdout.write(print(diagnostics, { files, codes: describeCodes(), toolVersion: toolVersion() }));
  return statusFor(diagnostics, severities);
}

function statusFor(diagnostics: readonly Diagnostic[], severities: readonly Severity[]): number {
  if (diagnostics.some(isUnreadable)) return exitStatus.unusable;
  return diagnostics.some(({ severity }) => severities.includes(severity)) ? exitStatus.findings : exitStatus.clean;
}
