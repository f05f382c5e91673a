import { describe, expect, it } from 'vitest';
import {
  buildResourceName,
  buildSniName,
  inboundName,
  outboundName,
  parseResourceName,
  type ResourceName,
} from '../../src/xds/resource-name.ts';

const names: readonly (readonly [string, ResourceName])[] = [
  ['outbound|443||example.com', { direction: 'outbound', port: 443, subset: '', hostname: 'example.com' }],
  ['outbound|80|v1|*.example.com', { direction: 'outbound', port: 80, subset: 'v1', hostname: '*.example.com' }],
  ['inbound|8080||', { direction: 'inbound', port: 8080, subset: '', hostname: '' }],
  ['inbound-vip|80|http|a.b', { direction: 'inbound-vip', port: 80, subset: 'http', hostname: 'a.b' }],
];

describe('resource names', () => {
  it.each(names)('builds and parses %s', (text, name) => {
    expect(buildResourceName(name)).toBe(text);
    expect(parseResourceName(text)).toEqual(name);
    expect(parseResourceName(buildSniName(name))).toEqual(name);
  });

  it('has a short form for the names used most', () => {
    expect(outboundName('example.com', 443)).toBe('outbound|443||example.com');
    expect(outboundName('example.com', 443, 'v1')).toBe('outbound|443|v1|example.com');
    expect(inboundName(8080)).toBe('inbound|8080||');
  });

  it.each(['', 'BlackHoleCluster', 'outbound|443|example.com', 'outbound|x||a', 'sideways|1||a', 'outbound|1||a|b'])(
    'does not take %j for one',
    (text) => expect(parseResourceName(text)).toBeUndefined(),
  );
});
