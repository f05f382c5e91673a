import { describe, expect, it } from 'vitest';
import { selectFields } from '../../src/influence/select-fields.ts';

const range = { file: 'apps/rule.yaml', line: 11, column: 3, endLine: 11, endColumn: 9 };
const field = {
  resource: { kind: 'DestinationRule', namespace: 'payments', name: 'api' },
  path: 'spec.trafficPolicy.tls.mode',
  value: 'SIMPLE',
  range,
};
const setting = { path: 'proxy.metadata.DNS_CAPTURE', value: 'true' };

describe('selectFields', () => {
  it.each([
    'apps/rule.yaml:11',
    'rule.yaml:11',
    'spec.trafficPolicy.tls.mode',
    'spec.trafficPolicy',
    'DestinationRule/api:spec.trafficPolicy',
    'DestinationRule/payments/api:',
    'payments/api:spec',
  ])('%s chooses the field', (selector) => expect(selectFields(selector)(field)).toBe(true));

  it.each([
    'apps/rule.yaml:12',
    'le.yaml:11',
    'spec.trafficPolicy.tls.mode.inner',
    'spec.traffic',
    'ServiceEntry/api:spec',
    'DestinationRule/default/api:spec',
  ])('%s does not', (selector) => expect(selectFields(selector)(field)).toBe(false));

  it('finds fields of the scenario', () => {
    expect(selectFields('proxy.metadata')(setting)).toBe(true);
    expect(selectFields('ServiceEntry/api:proxy')(setting)).toBe(false);
  });
});
