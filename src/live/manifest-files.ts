import type { Manifest } from '../manifests/manifest.ts';
import { type ReadManifests, readDocuments } from '../manifests/read-manifests.ts';
import { createReader, type Reader } from '../manifests/reader.ts';
import { type DocumentText, splitDocuments } from '../manifests/split-documents.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { flatten } from '../model/flatten.ts';
import { compareLists, replaceParts, span } from './edits.ts';

/** What is to change: files that are new or have another text, and files that go. */
export interface Changes {
  readonly put?: readonly Manifest[];
  /** By name. */
  readonly remove?: readonly string[];
}

/** All that could be read of some manifests, in their order. */
export interface Reading extends ReadManifests {
  readonly diagnostics: readonly Diagnostic[];
}

interface ReadFile {
  readonly manifest: Manifest;
  readonly documents: readonly ReadDocument[];
  /** Of all documents. */
  readonly reading: Reading;
}

interface ReadDocument {
  readonly document: DocumentText;
  readonly reading: Reading;
}

/** Files with what was read of them. A document is read again when its text changes or moves to another line. */
export class ManifestFiles {
  readonly #files: readonly ReadFile[];
  readonly reading: Reading;

  private constructor(files: readonly ReadFile[], reading: Reading) {
    this.#files = files;
    this.reading = reading;
  }

  static read(manifests: readonly Manifest[]): ManifestFiles {
    const reader = createReader();
    const files = manifests.map((manifest) => readFile(manifest, reader));
    return new ManifestFiles(files, join(files));
  }

  /** A file keeps its place; new ones come last. */
  apply({ put = [], remove = [] }: Changes): ManifestFiles {
    const wanted = new Map(put.map((manifest) => [manifest.file, manifest]));
    const touched = new Set([...remove, ...wanted.keys()]);
    const reader = createReader();
    const files = this.#files.slice();
    const found = new Set<string>();
    for (let place = files.length - 1; place >= 0; place--) {
      const known = this.#files[place] as ReadFile;
      const { file } = known.manifest;
      if (!touched.has(file)) continue;
      const manifest = wanted.get(file);
      if (manifest) files[place] = readFile(manifest, reader, known);
      else files.splice(place, 1);
      found.add(file);
    }
    for (const manifest of wanted.values()) if (!found.has(manifest.file)) files.push(readFile(manifest, reader));
    return new ManifestFiles(files, this.#rejoin(files));
  }

  #rejoin(files: readonly ReadFile[]): Reading {
    const { from, to, start, end } = span(compareLists(this.#files, files));
    const before = this.#files.slice(from);
    const [gone, come] = [join(this.#files.slice(from, to)), join(files.slice(start, end))];
    const replace = <T>(part: (reading: Reading) => readonly T[]): readonly T[] => {
      const [all, items] = [part(this.reading), part(come)];
      const place = placeOf(before, all, part);
      const edit = { from: place, to: place + part(gone).length, start: place, end: place + items.length };
      return replaceParts(all, [{ edit, items }]);
    };
    return {
      resources: replace(({ resources }) => resources),
      refused: replace(({ refused }) => refused),
      diagnostics: replace(({ diagnostics }) => diagnostics),
    };
  }
}

/** Where in a list of all files' things those of some files begin, with which all others that follow come last. */
function placeOf<T>(files: readonly ReadFile[], all: readonly T[], part: (reading: Reading) => readonly T[]): number {
  if (all.length === 0) return 0;
  const [first] = part(files.find(({ reading }) => part(reading).length > 0)?.reading ?? nothing);
  return first === undefined ? all.length : all.indexOf(first);
}

const nothing: Reading = { resources: [], refused: [], diagnostics: [] };

function readFile(manifest: Manifest, reader: Reader, before?: ReadFile): ReadFile {
  if (before?.manifest.text === manifest.text) return before;
  const known = new Map(before?.documents.map((read) => [read.document.firstLine, read]));
  const documents = splitDocuments(manifest).map((document): ReadDocument => {
    const earlier = known.get(document.firstLine);
    if (earlier && areSame(earlier.document, document)) return earlier;
    return { document, reading: readDocument(document, reader) };
  });
  const [only, ...others] = documents;
  return { manifest, documents, reading: only && others.length === 0 ? only.reading : join(documents) };
}

function areSame(left: DocumentText, right: DocumentText): boolean {
  return left.text === right.text && left.afterSeparator === right.afterSeparator;
}

function readDocument(document: DocumentText, reader: Reader): Reading {
  const diagnostics: Diagnostic[] = [];
  return { ...readDocuments([document], (diagnostic) => diagnostics.push(diagnostic), reader), diagnostics };
}

function join(parts: readonly { readonly reading: Reading }[]): Reading {
  return {
    resources: flatten(parts.map(({ reading }) => reading.resources)),
    refused: flatten(parts.map(({ reading }) => reading.refused)),
    diagnostics: flatten(parts.map(({ reading }) => reading.diagnostics)),
  };
}
