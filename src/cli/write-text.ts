import fs from 'node:fs';
import { UsageError } from './exit-status.ts';
import { fileProblem } from './file-problem.ts';

export function writeText(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${fileProblem(error)}.`);
  }
}
