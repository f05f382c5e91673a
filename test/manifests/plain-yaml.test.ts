import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { kubernetesSchema } from '../../src/manifests/kubernetes-scalars.ts';
import { notPlain, readPlainYaml } from '../../src/manifests/plain-yaml.ts';
import { splitDocuments } from '../../src/manifests/split-documents.ts';

/** What the reader of the whole language makes of it; `refused` where it cannot read it. */
function reference(text: string): unknown {
  try {
    return load(text, { schema: kubernetesSchema }) ?? null;
  } catch {
    return 'refused';
  }
}

/** Whether the document was plain. Where it was, both readers must agree. */
function agrees(text: string): boolean {
  const value = readPlainYaml(text);
  if (value === notPlain) return false;
  expect(value ?? null, text).toEqual(reference(text));
  return true;
}

describe('plain YAML', () => {
  it.each([
    ['maps and lists', 'a: b\nc:\n  d: 1\n  e:\n  - x\n  - q: z\n    w: true\nf:\n    - 1\n    -\n      g: h\n'],
    ['lists in lists', '- - a\n  - b\n- - c\n'],
    ['nothing', 'a:\nb:\n  c:\nd:\n-\n-\n'],
    ['quotes and empty collections', 'a: "x: y # z"\nb: \'*\'\nc: []\nd: {}  \n- '.slice(0, -2)],
    ['comments and blank lines', '# first\na: b\n\n    # deeper\nc:\n# back\n  d: e\n   \n'],
    ['Kubernetes scalars', 'a: y\nb: "y"\nc: 0755\nd: 1_000\ne: ~\nf: 2024-01-01\ng: -1\nh: .5\ni: 1e3\n'],
    ['text that looks like more', 'a: http://x/y?z=1\nb: x:y\nc: a-b#c\nd: -x\ne: $(A)\nf: a, b\n'],
  ])('%s', (_, text) => expect(agrees(text)).toBe(true));

  it.each([
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['block scalars', 'a: |\n  text\n'],
    ['lines that go on', 'a: b\n  c\n'],
    ['flow collections', 'a: [1, 2]\n'],
    ['escapes', 'a: "\\n"\n'],
    ['trailing comments', 'a: b # c\n'],
    ['doubled keys', 'a: 1\na: 2\n'],
    ['keys that are no text', 'y: 1\n'],
    ['merge keys', '<<: 1\n'],
    ['tabs', 'a:\tb\n'],
    ['a wrong indent', 'a:\n    b: 1\n  c: 2\n'],
    ['a list beside a map', 'a: 1\n- b\n'],
    ['a map on a key’s line', 'a: b: c\n'],
    ['numbers that JSON has not', 'a: .nan\n'],
    ['a document’s end', 'a: b\n...\n'],
    ['a prototype', '__proto__: 1\n'],
  ])('leaves %s to the YAML reader', (_, text) => expect(agrees(text)).toBe(false));

  it('agrees on every golden input, and reads nearly all of them itself', () => {
    const files = fs
      .readdirSync('golden', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('input.yaml'));
    const documents = files.flatMap((file) =>
      splitDocuments({ file, text: fs.readFileSync(path.join('golden', file), 'utf8') }).map(({ text }) => text),
    );
    const plain = documents.filter(agrees);
    expect(plain.length / documents.length).toBeGreaterThan(0.8);
  });

  it('agrees on any text of the characters that matter', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b: ',
        'c:',
        '- ',
        '-',
        '\n',
        '\n  ',
        '\n    ',
        ' ',
        '1',
        'y',
        '"x"',
        "'z'",
        '# d',
        '[]',
        '{}',
        '.',
        '~',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        agrees(pieces.join(''));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees on any value, written as block YAML', () => {
    const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom('text', 'a b', 'x/y', '10s', '', 'yes', '1.5'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('list'), tie('map')),
      list: fc.array(tie('tree'), { maxLength: 3 }),
      map: fc.dictionary(fc.constantFrom('a', 'b', 'app.io/name', 'x-y'), tie('tree'), { maxKeys: 3 }),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (value, indentsLists) => {
        agrees(write({ root: value }, 0, indentsLists));
      }),
      { numRuns: 1000 },
    );
  });
});

function write(value: unknown, indent: number, indentsLists: boolean): string {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((item) => `${pad}-${inItem(item, indent, indentsLists)}`).join('')}`;
  }
  if (typeof value !== 'object' || value === null)
    return ` ${typeof value === 'string' ? JSON.stringify(value) : value}\n`;
  const entries = Object.entries(value);
  if (entries.length === 0) return ' {}\n';
  const text = entries.map(([name, child]) => {
    const deeper = Array.isArray(child) && !indentsLists ? indent : indent + 2;
    return `${pad}${name}:${write(child, deeper, indentsLists)}`;
  });
  return indent === 0 ? text.join('') : `\n${text.join('')}`;
}

function inItem(item: unknown, indent: number, indentsLists: boolean): string {
  const text = write(item, indent + 2, indentsLists);
  return text.startsWith('\n') ? ` ${text.slice(1).trimStart()}` : text;
}
