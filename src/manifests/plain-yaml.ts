import { resolveScalar } from './kubernetes-scalars.ts';

/** The document is not as plain as that: the YAML reader must decide what it means, or what is wrong with it. */
export const notPlain = Symbol('not plain YAML');

/**
 * Reads block YAML without anchors, tags, flow collections, multi-line scalars and escapes: nearly all manifests that
 * people and tools write, several times faster than a reader of the whole language. Whatever is not certain to mean the
 * same there gives `notPlain`, errors too.
 */
export function readPlainYaml(text: string): unknown {
  if (!onlyPlainCharacters.test(text)) return notPlain;
  const cursor: Cursor = { text, at: 0, indent: 0 };
  try {
    goToLine(cursor, 0);
    if (cursor.indent === -1) return undefined;
    const value = readBlock(cursor, 1);
    return cursor.indent === -1 ? value : notPlain;
  } catch (error) {
    if (error === notPlain) return notPlain;
    throw error;
  }
}

interface Cursor {
  readonly text: string;
  /** The first character of the next entry, behind its indent. */
  at: number;
  /** Of that entry; -1 behind the last line. */
  indent: number;
}

/** Well below the limit that the YAML reader is given. */
const deepest = 64;

/** The map or list whose first entry stands at the cursor. */
function readBlock(cursor: Cursor, depth: number): unknown {
  if (depth > deepest) throw notPlain;
  return isItem(cursor.text, cursor.at) ? readList(cursor, depth) : readMap(cursor, depth);
}

function readMap(cursor: Cursor, depth: number): Record<string, unknown> {
  const { indent } = cursor;
  const map: Record<string, unknown> = {};
  do {
    const name = readKey(cursor);
    if (Object.hasOwn(map, name)) throw notPlain;
    map[name] = readValue(cursor, indent, depth);
  } while (cursor.indent === indent && !isItem(cursor.text, cursor.at));
  if (cursor.indent > indent) throw notPlain;
  return map;
}

function readKey(cursor: Cursor): string {
  const { text, at } = cursor;
  const end = endOfKey(text, at);
  // What begins with a digit, a dash or a dot may be a number or the like.
  if (end === -1 || beginsKeys[text.charCodeAt(at)] !== 1) throw notPlain;
  const name = text.slice(at, end);
  if (name === '__proto__' || typeof resolveScalar(name) !== 'string') throw notPlain;
  cursor.at = skipSpaces(text, end + 1);
  return name;
}

/** What follows a key: on its line, below it and deeper, or a list at its own indent. */
function readValue(cursor: Cursor, indent: number, depth: number): unknown {
  if (!isLineEnd(cursor.text, cursor.at)) return readScalar(cursor);
  goToLine(cursor, cursor.at + 1);
  const hasBlock = cursor.indent > indent || (cursor.indent === indent && isItem(cursor.text, cursor.at));
  return hasBlock ? readBlock(cursor, depth + 1) : null;
}

function readList(cursor: Cursor, depth: number): readonly unknown[] {
  const { indent } = cursor;
  const list: unknown[] = [];
  do {
    list.push(readItem(cursor, indent, depth));
  } while (cursor.indent === indent && isItem(cursor.text, cursor.at));
  if (cursor.indent > indent) throw notPlain;
  return list;
}

function readItem(cursor: Cursor, indent: number, depth: number): unknown {
  const { text } = cursor;
  const at = skipSpaces(text, cursor.at + 1);
  if (isLineEnd(text, at)) {
    goToLine(cursor, at + 1);
    return cursor.indent > indent ? readBlock(cursor, depth + 1) : null;
  }
  // The first entry of the item's own block stands on the line of the dash.
  cursor.indent = indent + at - cursor.at;
  cursor.at = at;
  return isItem(text, at) || endOfKey(text, at) !== -1 ? readBlock(cursor, depth + 1) : readScalar(cursor);
}

/** The scalar, or the empty collection, that fills the rest of the line. A deeper line would go on with it: the callers refuse that. */
function readScalar(cursor: Cursor): unknown {
  const { text, at } = cursor;
  const lineEnd = endOfLine(text, at);
  let end = lineEnd;
  while (text.charCodeAt(end - 1) === space) end--;
  goToLine(cursor, lineEnd + 1);

  const first = text.charCodeAt(at);
  if (beginsScalars[first === dash ? text.charCodeAt(at + 1) : first] !== 1) return readMarked(text.slice(at, end));
  if (hasMark(text, at, end)) throw notPlain;
  const value = resolveScalar(text.slice(at, end));
  if (Number.isNaN(value)) throw notPlain;
  return value;
}

/** Quotes without escapes, and empty collections. */
function readMarked(line: string): unknown {
  if (line === '[]') return [];
  if (line === '{}') return {};
  const quote = line.charAt(0);
  const last = line.length - 1;
  if (quote !== '"' && quote !== "'") throw notPlain;
  if (last === 0 || line.indexOf(quote, 1) !== last || line.includes('\\')) throw notPlain;
  return line.slice(1, last);
}

/** Whether a part of the line would be a key or a comment. */
function hasMark(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const character = text.charCodeAt(at);
    if (character === colon && (at + 1 === end || text.charCodeAt(at + 1) === space)) return true;
    if (character === hash && text.charCodeAt(at - 1) === space) return true;
  }
  return false;
}

/** Goes to the next line, from the beginning of one, that holds more than a comment. */
function goToLine(cursor: Cursor, from: number): void {
  const { text } = cursor;
  let start = from;
  while (start < text.length) {
    const at = skipSpaces(text, start);
    const character = text.charCodeAt(at);
    if (at < text.length && character !== newline && character !== hash) {
      cursor.at = at;
      cursor.indent = at - start;
      return;
    }
    start = endOfLine(text, at) + 1;
  }
  cursor.at = text.length;
  cursor.indent = -1;
}

/** Where the colon stands behind a key that begins here; -1 where there is none. */
function endOfKey(text: string, from: number): number {
  let at = from;
  while (inKeys[text.charCodeAt(at)] === 1) at++;
  if (at === from || text.charCodeAt(at) !== colon) return -1;
  return text.charCodeAt(at + 1) === space || isLineEnd(text, at + 1) ? at : -1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space) at++;
  return at;
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === newline;
}

function isItem(text: string, at: number): boolean {
  return text.charCodeAt(at) === dash && (text.charCodeAt(at + 1) === space || isLineEnd(text, at + 1));
}

const newline = 0x0a;
const space = 0x20;
const hash = 0x23;
const dash = 0x2d;
const colon = 0x3a;

/** Printable ASCII in lines. */
const onlyPlainCharacters = /^[\n\x20-\x7e]*$/;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';
const beginsKeys = characterTable(letters);
/** Of field names, labels and annotations. */
const inKeys = characterTable(`${letters}0123456789./-`);
/** A scalar that begins so is nothing else; behind a dash the next character decides. */
const beginsScalars = characterTable(`${letters}0123456789./+~$(=^;\\`);

function characterTable(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
