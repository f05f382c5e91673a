import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { translate } from '../../src/index.ts';
import '../../src/vitest/index.ts';
import { matchGolden } from '../../src/vitest/to-match-golden.ts';
import { exampleInput, temporaryFolders } from '../golden/temporary-folder.ts';

const makeFolder = temporaryFolders();
const scenario = { proxy: { namespace: 'payments' } };
const translation = translate(exampleInput, scenario);
const other = translate(exampleInput.replace('3s', '5s'), scenario);

describe('matchGolden', () => {
  it('writes a new folder, and compares it from then on', () => {
    const folder = path.join(makeFolder({}), 'new');
    expect(matchGolden(translation, folder, { update: 'none' }).pass).toBe(false);
    expect(fs.existsSync(folder)).toBe(false);
    expect(matchGolden(translation, folder, { update: 'new' }).pass).toBe(true);
    expect(matchGolden(translation, folder, { update: 'none' }).pass).toBe(true);
    const { pass, message } = matchGolden(other, folder, { update: 'new' });
    expect(pass).toBe(false);
    expect(message()).toContain('1 cluster waits 5s instead of 3s for a connection');
  });

  it('rewrites the folder when asked to', () => {
    const folder = makeFolder({ 'routes.yaml': 'old', 'notes.md': 'mine' });
    expect(matchGolden(other, folder, { update: 'all' }).pass).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['clusters.yaml', 'listeners.yaml', 'notes.md']);
    expect(matchGolden(other, folder, { update: 'none' }).pass).toBe(true);
  });

  it('explains requests', () => {
    const folder = makeFolder({});
    matchGolden(translation, folder, { update: 'all', requests: ['https://api.example.com/'] });
    expect(fs.readFileSync(path.join(folder, 'explanations.yaml'), 'utf8')).toContain('outbound|443||api.example.com');
  });
});

describe('toMatchGolden', () => {
  const folder = fs.mkdtempSync(path.join('test', 'vitest', '.run-'));
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('follows the update flag of Vitest', () => {
    const file = path.join(folder, 'suite.ts');
    const suite = (input: string) => `import { expect, it } from 'vitest';
import { translate } from '../../../src/index.ts';
import '../../../src/vitest/index.ts';
it('matches', () => {
  expect(translate(${JSON.stringify(input)}, ${JSON.stringify(scenario)})).toMatchGolden('golden/api');
});
`;
    const run = (input: string, ...args: readonly string[]) => {
      fs.writeFileSync(file, suite(input));
      const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
      const environment = { ...process.env, CI: '', GITHUB_ACTIONS: '' };
      const command = [vitest, 'run', '--config', 'test/vitest/suite.config.ts', ...args];
      return spawnSync(process.execPath, command, { encoding: 'utf8', env: environment });
    };
    const changed = exampleInput.replace('3s', '5s');
    expect(run(exampleInput)).toMatchObject({ status: 0 });
    expect(fs.readdirSync(path.join(folder, 'golden/api'))).toEqual(['clusters.yaml', 'listeners.yaml']);
    const failed = run(changed);
    expect(failed.status).toBe(1);
    expect(failed.stdout + failed.stderr).toContain('1 cluster waits 5s instead of 3s for a connection');
    expect(run(changed, '-u').status).toBe(0);
    expect(run(exampleInput).status).toBe(1);
  });
});
