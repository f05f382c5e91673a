import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCases } from '../../src/golden/check-cases.ts';
import { GoldenError } from '../../src/golden/golden-error.ts';
import { openGoldenFolder } from '../../src/golden/golden-folder.ts';
import { updateCases } from '../../src/golden/update-cases.ts';
import { exampleInput, temporaryFolders } from './temporary-folder.ts';

const makeFolder = temporaryFolders();

describe('openGoldenFolder', () => {
  it.each(['../outside.yaml', 'a/../../outside.yaml', '/etc/hosts'])('never leads to %s', (file) => {
    const folder = openGoldenFolder(makeFolder({}));
    expect(() => folder.read(file)).toThrow(GoldenError);
    expect(() => folder.write(file, '')).toThrow(GoldenError);
  });

  it('refuses what is no folder', () => {
    const root = makeFolder({ 'a.yaml': '' });
    expect(() => openGoldenFolder(path.join(root, 'a.yaml'))).toThrow(GoldenError);
    expect(() => openGoldenFolder(path.join(root, 'b'))).toThrow(GoldenError);
  });

  it('may itself be named by a link', () => {
    const root = makeFolder({ 'real/a.yaml': 'a' });
    fs.symlinkSync('real', path.join(root, 'link'));
    expect(openGoldenFolder(path.join(root, 'link')).read('a.yaml')).toBe('a');
  });

  it('reads files behind links inside, and refuses those outside', () => {
    const outside = makeFolder({ 'secret.yaml': 'secret' });
    const root = makeFolder({ 'shared.yaml': 'shared' });
    fs.symlinkSync('shared.yaml', path.join(root, 'inside.yaml'));
    fs.symlinkSync(path.join(outside, 'secret.yaml'), path.join(root, 'outside.yaml'));
    fs.symlinkSync(outside, path.join(root, 'folder'));
    fs.symlinkSync('nowhere', path.join(root, 'dangling.yaml'));
    const folder = openGoldenFolder(root);
    expect(folder.read('inside.yaml')).toBe('shared');
    for (const file of ['outside.yaml', 'folder/secret.yaml', 'dangling.yaml'])
      expect(() => folder.read(file)).toThrow(/symbolic link/);
  });
});

describe('links in a case', () => {
  it('are not written through, and links to folders are not entered', () => {
    const outside = makeFolder({ 'clusters.yaml': 'mine', 'case/input.yaml': exampleInput });
    const root = makeFolder({ 'case/input.yaml': exampleInput });
    fs.symlinkSync(path.join(outside, 'case'), path.join(root, 'other'));
    fs.symlinkSync(path.join(outside, 'clusters.yaml'), path.join(root, 'case/clusters.yaml'));
    const folder = openGoldenFolder(root);
    expect(() => checkCases(folder)).toThrow(/symbolic link/);
    expect(() => updateCases(folder)).toThrow(/symbolic link/);
    expect(fs.readFileSync(path.join(outside, 'clusters.yaml'), 'utf8')).toBe('mine');
    expect(fs.readdirSync(path.join(outside, 'case'))).toEqual(['input.yaml']);
  });

  it('are not written through inside either', () => {
    const root = makeFolder({ 'case/input.yaml': exampleInput, 'mine.yaml': 'mine' });
    fs.symlinkSync('../mine.yaml', path.join(root, 'case/clusters.yaml'));
    expect(() => updateCases(openGoldenFolder(root))).toThrow(/golden files are files/);
    expect(fs.readFileSync(path.join(root, 'mine.yaml'), 'utf8')).toBe('mine');
  });
});
