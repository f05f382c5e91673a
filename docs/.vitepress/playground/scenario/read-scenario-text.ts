import { parseDocument, stringify } from 'yaml';
import type { Scenario } from '../../../../src/index.ts';
import type { Finding } from '../simulation/protocol.ts';

/** Reads a scenario as it is typed. What cannot be read is reported where it stands. */
export function readScenarioText(text: string): {
  readonly scenario?: Scenario;
  readonly findings: readonly Finding[];
} {
  const document = parseDocument(text);
  const problem = document.errors[0];
  if (problem) {
    const place = problem.linePos?.[0];
    return { findings: [finding(problem.message.split('\n')[0] ?? '', place?.line ?? 1, place?.col ?? 1)] };
  }
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) return { findings: [finding('A scenario is a map.', 1, 1)] };
  return { scenario: value as Scenario, findings: [] };
}

function finding(message: string, line: number, column: number): Finding {
  return { code: 'scenario-invalid', severity: 'error', message, line, column, seeAlso: [] };
}

export function writeScenarioText(scenario: Scenario): string {
  return Object.keys(scenario).length === 0 ? '' : stringify(scenario);
}
