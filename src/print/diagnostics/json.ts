import type { PrintDiagnostics } from './diagnostic-format.ts';

/** The diagnostics as `lint` gives them. */
export const printJson: PrintDiagnostics = (diagnostics) => `${JSON.stringify(diagnostics, null, 2)}\n`;
