import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticCodes, lint } from '../../src/index.ts';
import { kinds } from '../../src/model/istio/kinds.ts';
import { manifestsOf, mesh } from '../arbitraries/mesh.ts';
import { schemaValue } from '../arbitraries/schema-value.ts';

const runs = { numRuns: 60 };

/** Resources of every kind with any values that their fields may have, most of them nonsense. */
const anything = fc.array(
  fc
    .constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]))
    .chain((kind) =>
      fc.record({ spec: schemaValue(kinds[kind].spec), name: fc.constantFrom('a', 'b'), kind: fc.constant(kind) }),
    )
    .map(({ kind, name, spec }) => {
      const { group, versions, manifestKind, body } = kinds[kind];
      const apiVersion = group === '' ? versions[0] : `${group}/${versions[0]}`;
      return { apiVersion, kind: manifestKind, metadata: { name }, ...(body === 'spec' ? { spec } : (spec as object)) };
    }),
  { maxLength: 6 },
);

describe('lint', () => {
  it('never throws, whatever values the fields have', () => {
    fc.assert(
      fc.property(anything, (resources) => {
        const text = resources.map((resource) => JSON.stringify(resource)).join('\n---\n');
        for (const { code, message, range, seeAlso } of lint(text)) {
          expect(Object.hasOwn(diagnosticCodes, code)).toBe(true);
          expect(message).not.toMatch(/undefined|\[object|NaN/);
          expect(seeAlso?.at(-1)).toContain(`/diagnostics/${code}`);
          if (range) expect(range.endLine).toBeGreaterThanOrEqual(range.line);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says the same twice, and of each thing once', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const text = manifestsOf(resources);
        const found = lint(text).map((one) => JSON.stringify(one));
        expect(lint(text).map((one) => JSON.stringify(one))).toEqual(found);
        expect(new Set(found).size).toBe(found.length);
      }),
      runs,
    );
  });

  it('says of one proxy nothing that it does not say of all', () => {
    fc.assert(
      fc.property(mesh, (resources) => {
        const text = `${manifestsOf(resources)}\n---\n{ apiVersion: v1, kind: Namespace, metadata: { name: payments } }`;
        const everywhere = new Set(
          lint(text).map(({ code, resource }) => `${code} ${resource?.kind} ${resource?.name}`),
        );
        const proxy = { namespace: 'payments', metadata: { DNS_CAPTURE: 'false' } };
        // Two codes are about those that nobody else stands for.
        for (const { code, resource } of lint(text, { proxy }))
          if (code !== 'tcp-without-address' && code !== 'virtual-service-unserved')
            expect(everywhere).toContain(`${code} ${resource?.kind} ${resource?.name}`);
      }),
      runs,
    );
  });
});
