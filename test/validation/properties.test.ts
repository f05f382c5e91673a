import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFieldPath } from '../../src/model/field-path.ts';
import { kinds, type ResourceSpecs } from '../../src/model/istio/kinds.ts';
import type { Resource } from '../../src/model/resource.ts';
import { schemaValue } from '../arbitraries/schema-value.ts';
import { resourceOf, validate } from './problems-of.ts';

const validated = Object.keys(kinds).filter(
  (kind) => kinds[kind as keyof ResourceSpecs].dialect === 'protobuf',
) as (keyof ResourceSpecs)[];

const resource: fc.Arbitrary<Resource> = fc
  .constantFrom(...validated)
  .chain((kind) => schemaValue(kinds[kind].spec).map((spec) => resourceOf(kind, spec as never)));
const options = fc.record({
  istioVersion: fc.constantFrom('1.29' as const, '1.30' as const, '1.31' as const),
  statefulAllocation: fc.boolean(),
});

describe('validation', () => {
  it('never throws, and sorts every resource into accepted or refused', () => {
    fc.assert(
      fc.property(resource, options, (given, how) => {
        const { accepted, rejected, warnings, diagnostics } = validate([given], how);
        expect(accepted.length === 0).toBe(rejected.length > 0);
        expect(accepted.length === 0 && warnings.length > 0).toBe(false);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(errors).toHaveLength(rejected.length);
        // The webhook keeps its warnings of what it refuses to itself; a diagnostic says them all the same.
        if (rejected.length === 0) expect(diagnostics).toHaveLength(warnings.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves its input alone and says the same twice', () => {
    fc.assert(
      fc.property(resource, options, (given, how) => {
        const before = structuredClone(given);
        const first = validate([given], how);
        expect(given).toEqual(before);
        expect(validate([given], how)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });

  it('judges each resource by itself', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 4 }), (given) => {
        const together = validate(given);
        const apart = given.map((one) => validate([one]));
        expect(together.accepted).toEqual(apart.flatMap(({ accepted }) => accepted));
        expect(together.rejected).toEqual(apart.flatMap(({ rejected }) => rejected));
      }),
      { numRuns: 200 },
    );
  });

  it('points at fields that are there, or could be added where something is', () => {
    fc.assert(
      fc.property(resource, (given) => {
        for (const { path } of validate([given]).diagnostics) {
          const [first, ...rest] = parseFieldPath(path ?? '');
          expect(first).toBe('spec');
          let schema: unknown = kinds[given.kind].spec;
          for (const part of rest) schema = schemaBelow(schema as never, part);
          expect(schema, path).toBeDefined();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function schemaBelow(schema: { readonly type: string } & Record<string, unknown>, part: string | number): unknown {
  if (schema.type === 'list') return typeof part === 'number' ? schema['element'] : undefined;
  if (schema.type === 'map') return schema['value'];
  return (schema['fields'] as ReadonlyMap<string, unknown> | undefined)?.get(String(part));
}
