import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { toBootstrap } from '../../src/envoy/to-bootstrap.ts';
import { translate } from '../../src/index.ts';
import { certificatesOf } from './lab/certificates.ts';
import { Lab } from './lab/lab.ts';

const { impossible, own } = inject('lab');

describe.skipIf(impossible !== undefined)('xdsim envoy --demo', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await Lab.start();
  });

  afterAll(() => lab.stop());

  it('does what the README shows', async () => {
    const readme = fs.readFileSync('README.md', 'utf8');
    const [, input = '', shown = ''] =
      /xdsim envoy -f (\S+) --demo[\s\S]*?curl [^\n]*\n```\n\n```\n([\s\S]*?)```/.exec(
        readme.replaceAll('node dist/cli.js', 'xdsim'),
      ) ?? [];
    const [, host = '', port = '', path = ''] =
      /curl -H 'Host: (\S+)' http:\/\/127\.0\.0\.1:(\d+)(\S*)/.exec(readme) ?? [];
    const { bootstrap } = toBootstrap(translate(fs.readFileSync(input, 'utf8')), {
      demo: true,
      certificates: certificatesOf(own),
    });
    const answers = await lab.ask({ do: 'demo', bootstrap, requests: [{ port: Number(port), host, path }] });
    expect(answers).toEqual([`200\n${shown}`]);
  });
});
