import { describe, expect, it } from 'vitest';
import { server } from '../../registry/gateways/gateways-of.ts';
import { askGateway, serviceEntry } from './ask-gateway.ts';

const names = (parts: Parameters<typeof askGateway>[0]) => askGateway(parts).clusters.map(({ name }) => name);
const plain = [server('80/HTTP', ['*'])];

describe('clusters of a gateway', () => {
  it('are those of all services it sees, and where to drop what matches nothing', () => {
    const hidden = serviceEntry('hidden.com', { exportTo: ['.'] });
    expect(names({ servers: plain, more: [hidden] })).toEqual([
      'outbound|80||a.com',
      'outbound|443||a.com',
      'outbound|80||b.com',
      'outbound|443||b.com',
      'BlackHoleCluster',
    ]);
  });

  it('come once more for mutual TLS that goes through, but not of services outside the mesh', () => {
    const servers = [server('15443/TLS', ['*.com'], { tls: { mode: 'AUTO_PASSTHROUGH' } })];
    const inside = serviceEntry('inside.com', { location: 'MESH_INTERNAL' });
    const outside = { location: 'MESH_EXTERNAL' };
    const found = names({ servers, more: [inside, serviceEntry('outside.com', outside)] });
    expect(found).toContain('outbound_.443_._.inside.com');
    expect(found).not.toContain('outbound_.443_._.outside.com');
  });

  it('take client certificates from credentials', () => {
    const rule = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'a', namespace: 'istio-system' },
      spec: { host: 'a.com', trafficPolicy: { tls: { mode: 'MUTUAL', credentialName: 'client' } } },
    };
    const { clusters } = askGateway({ servers: plain, more: [rule] });
    expect(JSON.stringify(clusters[0])).toContain('"name":"kubernetes://client"');
  });
});
