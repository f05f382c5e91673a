import { expect, it } from 'vitest';
import { findCases } from '../../src/golden/find-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';
import { translate } from '../../src/index.ts';
import { decode, encode, resourceMessages } from '../../src/xds/protobuf.ts';
import { readCase } from './read-case.ts';

const folders = findCases(openGoldenFolder('golden')).map(({ folder }) => `golden/${folder}`);

it.each(folders)('%s survives JSON → binary → JSON', (folder) => {
  const { text, scenario } = readCase(folder);
  const translation = translate(text, scenario);
  for (const section of ['clusters', 'listeners', 'routes', 'endpoints'] as const) {
    const message = resourceMessages[section];
    const plain = JSON.parse(JSON.stringify(translation[section]));
    expect(plain.map((resource: never) => decode(message, encode(message, resource)))).toEqual(plain);
  }
});

it('refuses unknown fields', () => {
  expect(() => encode('envoy.config.cluster.v3.Cluster', { name: 'a', nonsense: 1 } as never)).toThrow();
});
