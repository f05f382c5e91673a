import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { prepareSnapshot } from '../../src/envoy/prepare-snapshot.ts';
import { toBootstrap } from '../../src/envoy/to-bootstrap.ts';
import { translate } from '../../src/index.ts';
import { recordings } from '../conformance/recordings.ts';
import { LabPool } from './lab/lab-pool.ts';

const only = process.env.ONLY ?? 'service-entry/vip';
const cases = fs
  .readdirSync(recordings, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('scenario.yaml') && f.startsWith(only))
  .map((f) => path.dirname(f))
  .sort();
let pool: LabPool;
beforeAll(async () => {
  pool = await LabPool.start(Number(process.env.LABS ?? 2));
});
afterAll(() => pool.stop());
const times: Record<string, number> = {};
afterAll(() => console.log(times));
const timed = async <T>(name: string, w: () => Promise<T>) => {
  const t = performance.now();
  const r = await w();
  times[name] = (times[name] ?? 0) + performance.now() - t;
  return r;
};
const { certificate, privateKey } = inject('lab');
const pem = (inlineString: string) => ({ inlineString });
const certificates = { certificateChain: pem(certificate), privateKey: pem(privateKey) };
it.concurrent.each(cases)('%s', async (name) => {
  const folder = path.join(recordings, name);
  const read = (f: string) => (fs.existsSync(path.join(folder, f)) ? JSON.parse(fs.readFileSync(path.join(folder, f), 'utf8')) : undefined);
  const scenario = read('scenario.yaml');
  const live = read('live.json');
  const expected = read('expected.json');
  if (expected.panic || expected.meshConfigError) return;
  const t = translate(fs.readFileSync(path.join(folder, 'input.yaml'), 'utf8'), scenario);
  const prepared = prepareSnapshot(t, { certificates, servedEndpoints: true });
  const result = await pool.use(async (lab) => {
    const validated = process.env.VALIDATE ? await timed('validate', () => lab.ask({ do: 'validate', bootstrap: toBootstrap(t, { certificates }).bootstrap })) : { accepted: true, output: '' };
    const loaded = await timed('load', () => lab.ask({ do: 'load', resources: { ...prepared, endpoints: t.endpoints } }));
    const observed = live?.requests && (await timed('probe', () => lab.ask({ do: 'probe', requests: scenario.requests })));
    return { validated, loaded, observed };
  });
  const found: string[] = [];
  if (!result.validated.accepted) found.push(result.validated.output);
  for (const r of result.loaded.refusals) fs.appendFileSync('/tmp/envoywork/refusals.txt', `${name}\t${r.resource}\t${r.reason}\n`);
  (live?.requests ?? []).forEach((want: any, i: number) => {
    const got = result.observed?.[i] as any;
    if (!want) return;
    for (const key of ['listener', 'filterChain', 'routeConfig', 'virtualHost', 'route', 'cluster', 'responseCode', 'responseFlags', 'closed']) {
      if (key === 'cluster' && (want.weighted || want.faultPossible)) continue;
      if ((key === 'responseCode' || key === 'responseFlags') && want.faultPossible) continue;
      if (want[key] !== got[key]) found.push(`${i} ${key}: recorded ${want[key]}, got ${got[key]} ${JSON.stringify(scenario.requests[i])} ${JSON.stringify(got)}`);
    }
  });
  expect(found).toEqual([]);
});
