import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostnameIsSubsetOf, isWildcard } from '../../src/model/hostname.ts';
import { HostIndex } from '../../src/registry/host-index.ts';

const label = fc.constantFrom('a', 'b', 'ab');
const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const host = fc.oneof(
  name,
  name.map((text) => `*.${text}`),
  fc.constant('*'),
);

describe('HostIndex', () => {
  it('finds what a scan over all hosts finds: the name itself, then the wildcards that cover it, the longest first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(host, { maxLength: 10 }), host, (hosts, wanted) => {
        const index = new HostIndex(new Map(hosts.map((one) => [one, one])), hosts.filter(isWildcard));
        const wildcards = hosts.filter((one) => isWildcard(one) && one !== wanted && hostnameIsSubsetOf(wanted, one));
        const longestFirst = wildcards.sort((left, right) => right.length - left.length);
        expect(index.listCovering(wanted)).toEqual(hosts.includes(wanted) ? [wanted, ...longestFirst] : longestFirst);
      }),
    );
  });
});
