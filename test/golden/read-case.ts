import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import type { Scenario } from '../../src/index.ts';

/** The input of one golden case. */
export function readCase(folder: string): { readonly text: string; readonly scenario: Scenario } {
  const scenario = path.join(folder, 'scenario.yaml');
  return {
    text: fs.readFileSync(path.join(folder, 'input.yaml'), 'utf8'),
    scenario: fs.existsSync(scenario) ? ((load(fs.readFileSync(scenario, 'utf8')) ?? {}) as Scenario) : {},
  };
}
