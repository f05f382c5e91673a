import path from 'node:path/posix';
import { load } from 'js-yaml';
import type { Manifest } from '../manifests/manifest.ts';
import type { CaseScenario, GoldenCase, GoldenView } from './golden-case.ts';
import { GoldenError } from './golden-error.ts';
import type { FolderEntry, GoldenFolder } from './golden-folder.ts';

/** Every folder that holds an `input.yaml`, or a folder `input` with manifests, in the order of their paths. */
export function findCases(folder: GoldenFolder): readonly GoldenCase[] {
  return listFolders(folder).flatMap(({ path: found, entries }) => {
    const manifests = readManifestFiles(folder, found, entries);
    return manifests.length === 0 ? [] : [readCase(folder, found, manifests)];
  });
}

export interface ListedFolder {
  readonly path: string;
  readonly entries: readonly FolderEntry[];
}

/** The folder and all below it, but for what cannot hold cases. */
export function listFolders(folder: GoldenFolder, below = '.'): readonly ListedFolder[] {
  const entries = folder.entries(below);
  const inner = entries.filter(({ name, kind }) => kind === 'folder' && !skipped(name));
  return [{ path: below, entries }, ...inner.flatMap(({ name }) => listFolders(folder, path.join(below, name)))];
}

function skipped(name: string): boolean {
  return name === inputFolder || name === 'node_modules' || name.startsWith('.');
}

const inputFolder = 'input';
const manifestEndings: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);

function readManifestFiles(
  folder: GoldenFolder,
  caseFolder: string,
  entries: readonly FolderEntry[],
): readonly Manifest[] {
  const files = [
    ...entries.filter(({ name, kind }) => name === 'input.yaml' && kind === 'file').map(({ name }) => name),
    ...(entries.some(({ name, kind }) => name === inputFolder && kind === 'folder')
      ? manifestsBelow(folder, caseFolder, inputFolder)
      : []),
  ];
  return files.map((file) => ({ file, text: folder.read(path.join(caseFolder, file)) ?? '' }));
}

function manifestsBelow(folder: GoldenFolder, caseFolder: string, below: string): readonly string[] {
  return folder.entries(path.join(caseFolder, below)).flatMap(({ name, kind }) => {
    const file = path.join(below, name);
    if (kind === 'folder') return manifestsBelow(folder, caseFolder, file);
    if (/^kustomization\.ya?ml$/i.test(name))
      throw new GoldenError(
        `${path.join(folder.root, caseFolder, file)}: kustomizations are not built here; put the output of "kustomize build" into input.yaml.`,
      );
    return manifestEndings.has(path.extname(name)) ? [file] : [];
  });
}

function readCase(folder: GoldenFolder, caseFolder: string, manifests: readonly Manifest[]): GoldenCase {
  const file = path.join(caseFolder, 'scenario.yaml');
  const text = folder.read(file);
  const scenario = text === undefined ? {} : readScenario(text, path.join(folder.root, file));
  return {
    folder: caseFolder,
    manifests,
    ...(text !== undefined && { scenarioFile: { file: 'scenario.yaml', text } }),
    views: viewsOf(scenario, path.join(folder.root, file)),
  };
}

function readScenario(text: string, file: string): CaseScenario {
  let value: unknown;
  try {
    value = load(text) ?? {};
  } catch (error) {
    throw new GoldenError(`${file}: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || Array.isArray(value))
    throw new GoldenError(`${file}: a scenario is a mapping with proxy, meshConfig, features, requests, proxies.`);
  return value as CaseScenario;
}

function viewsOf({ proxies, requests = [], ...scenario }: CaseScenario, file: string): readonly GoldenView[] {
  if (proxies === undefined) return [{ folder: '', scenario, requests }];
  return Object.entries(proxies).map(([name, { requests: own = [], ...proxy }]) => {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(name) || name === inputFolder)
      throw new GoldenError(`${file}: proxies "${name}" names a folder: use lower case letters, digits and dashes.`);
    return {
      folder: name,
      scenario: { ...scenario, proxy: { ...scenario.proxy, ...proxy } },
      requests: [...requests, ...own],
    };
  });
}
