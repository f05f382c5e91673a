import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { checkCases } from '../../src/golden/check-cases.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';
import { printCheckGithub } from '../../src/golden/report/github.ts';
import { printCheckJson } from '../../src/golden/report/json.ts';
import { printCheckJunit } from '../../src/golden/report/junit.ts';
import { printCheckMarkdown } from '../../src/golden/report/markdown.ts';
import { printCheckText } from '../../src/golden/report/text.ts';
import { updateCases } from '../../src/golden/update-cases.ts';
import { exampleInput, temporaryFolders } from './temporary-folder.ts';

const makeFolder = temporaryFolders();
const payments = 'proxy: {namespace: payments}\n';
const check = (root: string) => checkCases(openGoldenFolder(root));
const update = (root: string) => updateCases(openGoldenFolder(root));
const failed = (root: string) => {
  const { views, orphans } = check(root);
  const states = views.flatMap(({ files }) => files.map(({ file, state }) => `${path.relative(root, file)} ${state}`));
  return [...states, ...orphans.map((file) => `${path.relative(root, file)} orphaned`)];
};

describe('update', () => {
  it('writes one file a section and is content afterwards', () => {
    const root = makeFolder({ 'a/input.yaml': exampleInput, 'a/scenario.yaml': payments });
    expect(failed(root)).toEqual(['a/clusters.yaml missing', 'a/listeners.yaml missing']);
    expect(update(root)).toMatchObject({ cases: 1, written: ['a/clusters.yaml', 'a/listeners.yaml'], removed: [] });
    expect(failed(root)).toEqual([]);
    expect(update(root).written).toEqual([]);
    const clusters = load(fs.readFileSync(path.join(root, 'a/clusters.yaml'), 'utf8'));
    expect(clusters).toContainEqual(
      expect.objectContaining({ name: 'outbound|443||api.example.com', connectTimeout: '3s' }),
    );
  });

  it('reads a folder of manifests, but builds no kustomization', () => {
    const [entry = '', rule = ''] = exampleInput.split('---\n');
    const root = makeFolder({ 'input/a/entry.yaml': entry, 'input/rule.yml': rule, 'input/readme.md': 'no manifest' });
    update(root);
    expect(fs.readFileSync(path.join(root, 'clusters.yaml'), 'utf8')).toContain('connectTimeout: 3s');
    fs.writeFileSync(path.join(root, 'input/kustomization.yaml'), 'resources: [rule.yml]\n');
    expect(() => update(root)).toThrow(/kustomize build/);
  });

  it('gives each proxy of a case a folder', () => {
    const proxies = 'proxies:\n  payments: {namespace: payments}\n  other: {namespace: other}\n';
    const root = makeFolder({
      'a/input.yaml': `${exampleInput.replace('resolution: DNS', 'resolution: DNS\n  exportTo: ["."]')}`,
      'a/scenario.yaml': proxies,
    });
    update(root);
    expect(fs.readFileSync(path.join(root, 'a/payments/clusters.yaml'), 'utf8')).toContain('api.example.com');
    expect(fs.readFileSync(path.join(root, 'a/other/clusters.yaml'), 'utf8')).not.toContain('api.example.com');
    expect(failed(root)).toEqual([]);
    fs.writeFileSync(path.join(root, 'a/scenario.yaml'), payments);
    expect(failed(root)).toContain('a/other/clusters.yaml orphaned');
    expect(update(root).removed).toContain('a/other/clusters.yaml');
    expect(failed(root)).toEqual([]);
  });

  it.each(['../out', 'input', 'A B', '.hidden'])('refuses a proxy named %j', (name) => {
    const root = makeFolder({
      'input.yaml': exampleInput,
      'scenario.yaml': JSON.stringify({ proxies: { [name]: {} } }),
    });
    expect(() => update(root)).toThrow(/names a folder/);
  });

  it('removes sections that are gone, and leaves alone what may be somebody else’s', () => {
    const root = makeFolder({
      'a/input.yaml': exampleInput,
      'a/scenario.yaml': payments,
      'a/README.md': 'why',
      'manifests/routes.yaml': 'mine',
    });
    update(root);
    fs.writeFileSync(path.join(root, 'a/names.yaml'), 'old: {}\n');
    fs.writeFileSync(path.join(root, 'a/scenarios.yaml'), 'a slip');
    expect(failed(root)).toEqual(['a/names.yaml orphaned', 'a/scenarios.yaml orphaned']);
    expect(update(root)).toMatchObject({ removed: ['a/names.yaml'], orphans: ['a/scenarios.yaml'] });
    expect(fs.readFileSync(path.join(root, 'manifests/routes.yaml'), 'utf8')).toBe('mine');
  });

  it('reports what a case that is gone has left, without removing it', () => {
    const root = makeFolder({ 'a/input.yaml': exampleInput, 'b/input.yaml': exampleInput });
    update(root);
    fs.rmSync(path.join(root, 'b/input.yaml'));
    expect(failed(root)).toEqual(['b/clusters.yaml orphaned', 'b/listeners.yaml orphaned']);
    expect(update(root)).toMatchObject({ removed: [], orphans: ['b/clusters.yaml', 'b/listeners.yaml'] });
  });

  it('explains requests, objects and URLs', () => {
    const scenario = `${payments}requests:\n- https://api.example.com/\n- {port: 443, protocol: tcp, tls: tls, sni: elsewhere.example.com}\n- nonsense\n`;
    const root = makeFolder({ 'input.yaml': exampleInput, 'scenario.yaml': scenario });
    update(root);
    expect(load(fs.readFileSync(path.join(root, 'explanations.yaml'), 'utf8'))).toMatchObject([
      { request: 'https://api.example.com/', cluster: 'outbound|443||api.example.com' },
      { request: { sni: 'elsewhere.example.com' }, cluster: 'PassthroughCluster' },
      { request: 'nonsense', problem: expect.stringContaining('no URL') },
    ]);
  });

  it.each([
    ['- a list', /mapping/],
    ['a: [', /scenario\.yaml/],
  ])('refuses the scenario %j', (scenario, message) => {
    expect(() => update(makeFolder({ 'input.yaml': exampleInput, 'scenario.yaml': scenario }))).toThrow(message);
  });
});

describe('check', () => {
  const changed = () => {
    const root = makeFolder({
      'a/input.yaml': exampleInput,
      'a/scenario.yaml': `${payments}requests: [https://api.example.com/]\n`,
    });
    update(root);
    fs.writeFileSync(path.join(root, 'a/input.yaml'), exampleInput.replace('3s', '5s'));
    return root;
  };

  it('says in few lines what a change means, and which line is behind it', () => {
    const root = changed();
    const text = printCheckText(check(root));
    expect(text).toBe(`${root}/a: clusters.yaml stale
  1 cluster waits 5s instead of 3s for a connection (outbound|443||api.example.com)
      connectTimeout: 3s → 5s
    ← ${root}/a/input.yaml:18 DestinationRule payments/api spec.trafficPolicy.connectionPool.tcp.connectTimeout
1 case, 1 file differs
If this is what you meant, run "xdsim golden update ${root}" and commit the result.
`);
  });

  it('annotates the line on GitHub', () => {
    const root = changed();
    expect(printCheckGithub(check(root))).toMatch(
      new RegExp(
        `^::error file=${root}/a/input.yaml,line=18,endLine=18,title=Golden files%3A clusters.yaml stale::1 cluster waits`,
      ),
    );
  });

  it('writes a test case for every view', () => {
    const xml = printCheckJunit(check(changed()));
    expect(xml).toContain('tests="1" failures="1"');
    expect(xml).toContain('<failure message="clusters.yaml stale">1 cluster waits 5s instead of 3s');
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
  });

  it('writes JSON and Markdown', () => {
    const root = changed();
    const { clean, views } = JSON.parse(printCheckJson(check(root)));
    expect(clean).toBe(false);
    expect(views[0].groups[0]).toMatchObject({
      meaning: 'waits 5s instead of 3s for a connection',
      causes: [{ range: { line: 18 } }],
    });
    expect(printCheckMarkdown(check(root))).toContain('- 1 cluster waits 5s instead of 3s for a connection (`');
  });

  it('shows what becomes of requests', () => {
    const root = changed();
    fs.writeFileSync(path.join(root, 'a/input.yaml'), exampleInput.replace('hosts: [api', 'hosts: [other'));
    const [view] = check(root).views;
    expect(view?.lines[0]).toBe('https://api.example.com/:');
    expect(view?.lines[1]).toMatch(/^- cluster: outbound\|443\|\|api\.example\.com/);
    expect(view?.lines[2]).toMatch(/^\+ .*cluster: PassthroughCluster/);
  });

  it('says so when only the form differs', () => {
    const root = makeFolder({ 'input.yaml': exampleInput });
    update(root);
    fs.appendFileSync(path.join(root, 'clusters.yaml'), '# a comment\n');
    expect(printCheckText(check(root))).toContain('Only the order or the form of the files differs.');
  });

  it('copes with golden files that are no longer YAML', () => {
    const root = makeFolder({ 'input.yaml': exampleInput });
    update(root);
    for (const broken of ['<<<<<<< HEAD\n- a: [', '- 1\n- null', 'a: 1']) {
      fs.writeFileSync(path.join(root, 'clusters.yaml'), broken);
      expect(failed(root)).toEqual(['clusters.yaml stale']);
    }
  });
});
