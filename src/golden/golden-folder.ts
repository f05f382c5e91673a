import fs from 'node:fs';
import path from 'node:path';
import { GoldenError } from './golden-error.ts';

/** A folder and what lies below it; never anything outside, whatever links point there. Paths are relative to it. */
export interface GoldenFolder {
  /** As it was named, for messages. */
  readonly root: string;
  readonly entries: (folder: string) => readonly FolderEntry[];
  /** Undefined where there is no such file. */
  readonly read: (file: string) => string | undefined;
  readonly write: (file: string, content: string) => void;
  readonly remove: (file: string) => void;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export function openGoldenFolder(root: string): GoldenFolder {
  const stat = fs.statSync(root, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) throw new GoldenError(`${root}: no such folder.`);
  const realRoot = fs.realpathSync(root);

  const absolute = (relative: string): string => {
    const target = path.resolve(realRoot, relative);
    if (!isInside(realRoot, target)) throw new GoldenError(`${relative}: leads out of ${root}.`);
    const existing = nearestExisting(target);
    if (!isInside(realRoot, realPath(existing)))
      throw new GoldenError(`${path.join(root, relative)}: a symbolic link leads out of ${root}.`);
    return target;
  };

  return {
    root,
    entries: (folder) =>
      fs
        .readdirSync(absolute(folder), { withFileTypes: true })
        .flatMap((entry) => toEntry(entry))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    read: (file) => {
      const target = absolute(file);
      return fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : undefined;
    },
    write: (file, content) => {
      const target = absolute(file);
      if (isLink(target))
        throw new GoldenError(`${path.join(root, file)}: is a symbolic link; golden files are files.`);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, content);
    },
    // A link goes, what it leads to stays.
    remove: (file) => fs.rmSync(path.join(absolute(path.dirname(file)), path.basename(file)), { force: true }),
  };
}

/** Folders behind links are not entered; files may be, as long as they lie below the root. */
function toEntry(entry: fs.Dirent): readonly FolderEntry[] {
  if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
  if (entry.isFile()) return [{ name: entry.name, kind: 'file' }];
  if (!entry.isSymbolicLink()) return [];
  const target = fs.statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false });
  return target?.isFile() ? [{ name: entry.name, kind: 'file' }] : [];
}

function isInside(root: string, target: string): boolean {
  return target === root || target.startsWith(root.endsWith(path.sep) ? root : `${root}${path.sep}`);
}

function nearestExisting(target: string): string {
  let existing = target;
  while (fs.lstatSync(existing, { throwIfNoEntry: false }) === undefined) existing = path.dirname(existing);
  return existing;
}

/** A link that leads nowhere leads out. */
function realPath(existing: string): string {
  try {
    return fs.realpathSync(existing);
  } catch {
    return path.parse(existing).root;
  }
}

function isLink(target: string): boolean {
  return fs.lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
