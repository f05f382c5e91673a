import { expect, it } from 'vitest';
import { Session } from '../../docs/.vitepress/playground/simulation/session.ts';
import { translate } from '../../src/translate.ts';

const text = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api }
spec:
  hosts: [api.example.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`;

it('the playground says at every keystroke what a translation from scratch says', async () => {
  const session = new Session();
  for (let length = text.length - 30; length <= text.length; length++) {
    const input = { text: text.slice(0, length), scenario: { proxy: { namespace: 'apps' } } };
    const { counts, findings } = await session.answer('simulate', input);
    const { clusters, listeners, diagnostics } = translate(input.text, input.scenario);
    expect(counts).toMatchObject({ clusters: clusters.length, listeners: listeners.length });
    expect(findings.map(({ code, line }) => [code, line])).toEqual(
      diagnostics.map(({ code, range }) => [code, range?.line]),
    );
  }
});

it('compares with another version of Istio', async () => {
  const session = new Session();
  const wildcard = text
    .replace('api.example.com', "'*.example.com'")
    .replace('resolution: DNS', 'resolution: DYNAMIC_DNS');
  const { differences = [] } = await session.answer('simulate', { text: wildcard, scenario: {}, compare: '1.29' });
  expect(differences.length).toBeGreaterThan(0);
});
