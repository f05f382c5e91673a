import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { completeYaml, type Language } from '../../docs/.vitepress/playground/editor/complete.ts';

/** What is offered where the bar stands. */
function offered(text: string, language: Language = 'manifests'): readonly string[] {
  const position = text.indexOf('¦');
  const state = EditorState.create({ doc: text.replace('¦', '') });
  const result = completeYaml(language)(new CompletionContext(state, position, true));
  return result?.options.map(({ label }) => label) ?? [];
}

const entry = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: a\nspec:\n';

describe('completion', () => {
  it.each([
    ['a kind', 'apiVersion: networking.istio.io/v1\nkind: ¦', ['ServiceEntry', 'DestinationRule'], ['Pod']],
    ['an apiVersion', 'apiVersion: ¦', ['networking.istio.io/v1', 'v1'], []],
    ['a field of the manifest', 'apiVersion: v1\nkind: Service\n¦', ['metadata', 'spec'], ['kind', 'apiVersion']],
    [
      'a field of the spec',
      `${entry}  hosts: [a.example.com]\n  ¦`,
      ['resolution', 'exportTo', 'ports'],
      ['hosts', 'number'],
    ],
    ['a value of an enumeration', `${entry}  resolution: ¦`, ['NONE', 'STATIC', 'DNS', 'DYNAMIC_DNS'], []],
    [
      'a field in a list',
      `${entry}  ports:\n    - number: 443\n      ¦`,
      ['name', 'protocol', 'targetPort'],
      ['number', 'hosts'],
    ],
    ['the first field of a list’s item', `${entry}  ports:\n    - ¦`, ['number', 'protocol'], ['hosts']],
    ['a list at its key’s indentation', `${entry}  ports:\n  - number: 443\n    ¦`, ['protocol'], ['number', 'hosts']],
    [
      'the second item of a list',
      `${entry}  ports:\n    - number: 443\n      name: a\n    - ¦`,
      ['number', 'name'],
      ['hosts'],
    ],
    ['after a list', `${entry}  ports:\n    - number: 443\n  ¦`, ['resolution', 'endpoints'], ['ports', 'name']],
    ['a usual value', `${entry}  ports:\n    - protocol: ¦`, ['TLS', 'HTTP'], []],
    ['a word in a list', `${entry}  exportTo:\n    - ¦`, ['.', '*'], []],
    [
      'a boolean',
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nspec:\n  trafficPolicy:\n    tls:\n      insecureSkipVerify: ¦',
      ['true', 'false'],
      [],
    ],
    [
      'deep fields',
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec:\n  http:\n    - retries:\n        ¦',
      ['attempts', 'perTryTimeout', 'retryOn'],
      ['route'],
    ],
    ['metadata', 'apiVersion: v1\nkind: Pod\nmetadata:\n  ¦', ['name', 'namespace', 'labels'], []],
    [
      'the document at hand',
      `${entry}---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nspec:\n  ¦`,
      ['egress', 'workloadSelector'],
      ['resolution'],
    ],
  ])('offers %s', (_, text, wanted, unwanted) => {
    const labels = offered(text);
    expect(labels).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(labels).not.toContain(label);
  });

  it.each([
    ['in a comment', `${entry}  # ¦`],
    ['in free text', `${entry}  hosts:\n    - ¦`],
    ['under a kind that is not known', 'apiVersion: example.com/v1\nkind: Thing\nspec:\n  ¦'],
  ])('offers nothing %s', (_, text) => {
    expect(offered(text)).toEqual([]);
  });

  it('knows the scenario', () => {
    expect(offered('proxy:\n  ¦', 'scenario')).toEqual(expect.arrayContaining(['namespace', 'labels', 'metadata']));
    expect(offered('istioVersion: ¦', 'scenario')).toEqual(['1.29', '1.30', '1.31']);
    expect(offered('meshConfig:\n  outboundTrafficPolicy:\n    mode: ¦', 'scenario')).toContain('REGISTRY_ONLY');
  });
});
