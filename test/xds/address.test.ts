import { expect, it } from 'vitest';
import { addressText, socketAddress } from '../../src/xds/address.ts';
import type { Address } from '../../src/xds/types.ts';

it.each<[string, Address | undefined]>([
  ['10.0.0.1:443', socketAddress('10.0.0.1', 443)],
  ['[2001:db8::1]:443', socketAddress('2001:db8::1', 443)],
  ['/var/run/app.sock', { pipe: { path: '/var/run/app.sock' } }],
  [
    'envoy://connect_originate/10.0.0.1:80',
    { envoyInternalAddress: { serverListenerName: 'connect_originate', endpointId: '10.0.0.1:80' } },
  ],
  ['', undefined],
])('prints %s', (text, address) => expect(addressText(address)).toBe(text));
