import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { describeCodes, lint } from '../../src/index.ts';
import { printSarif } from '../../src/print/diagnostics/sarif.ts';

const require = createRequire(import.meta.url);

/** The schema as published, in the copy that Microsoft's matchers for SARIF bring. */
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;
const ajv = new Ajv({ schemaId: 'id', meta: false, unknownFormats: 'ignore', allErrors: true });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json') as object);
const validate = ajv.compile(schema);

const root = 'golden/lint';
const files = readdirSync(root).map((code) => ({
  file: `manifests with spaces/${code}.yaml`,
  text: readFileSync(path.join(root, code, 'fires.yaml'), 'utf8'),
}));
const codes = describeCodes();

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: Readonly<Record<string, number>>;
        };
      }[];
    }[];
  }[];
}

const print = (given: typeof files): Log =>
  JSON.parse(printSarif(lint(given), { files: given, codes, toolVersion: '1.2.3' })) as Log;

describe('SARIF', () => {
  it.each(files)('of $file keeps to the published schema', (file) => {
    const log = print([file]);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('keeps to it without results', () => {
    expect(validate(print([]))).toBe(true);
  });

  it('is refused by the schema where it is wrong: the test can fail', () => {
    const log = print(files.slice(0, 1));
    expect(validate({ ...log, runs: [{ results: [] }] })).toBe(false);
    expect(validate({ ...log, version: '2.2.0' })).toBe(false);
  });

  it('is what code scanning takes: each result names its rule, a relative file and a region', () => {
    const [run] = print(files).runs;
    expect(run?.results.length).toBeGreaterThan(80);
    expect(run?.results.length).toBeLessThan(25_000);
    for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      const place = locations[0]?.physicalLocation;
      expect(place?.artifactLocation.uri).toMatch(/^manifests%20with%20spaces\/[a-z0-9.-]+$/);
      expect(place?.region['startLine']).toBeGreaterThan(0);
      expect(place?.region['endColumn']).toBeGreaterThan(0);
    }
  });
});
