import { describe, expect, it } from 'vitest';
import { buildInboundRouteConfiguration } from '../../../src/translation/routes/inbound.ts';

describe('buildInboundRouteConfiguration', () => {
  const build = (protocol: 'HTTP' | 'GRPC') =>
    buildInboundRouteConfiguration({ cluster: 'inbound|80||', port: { number: 80, protocol }, hostname: 'a.test' });

  it('sends everything to the workload', () => {
    expect(build('HTTP')).toEqual({
      name: 'inbound|80||',
      virtualHosts: [
        {
          name: 'inbound|http|80',
          domains: ['*'],
          routes: [
            {
              name: 'default',
              match: { prefix: '/' },
              route: {
                cluster: 'inbound|80||',
                timeout: '0s',
                retryPolicy: { retryOn: 'reset-before-request', numRetries: 2 },
                maxStreamDuration: { maxStreamDuration: '0s', grpcTimeoutHeaderMax: '0s' },
              },
              decorator: { operation: 'a.test:80/*' },
            },
          ],
        },
      ],
      validateClusters: false,
    });
  });

  it('replays no gRPC stream', () => {
    expect(build('GRPC').virtualHosts?.[0]?.routes?.[0]?.route).not.toHaveProperty('retryPolicy');
  });
});
