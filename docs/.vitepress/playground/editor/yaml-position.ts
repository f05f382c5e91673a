/** Where in a YAML document the cursor stands. */
export interface YamlPosition {
  /** Keys from the outside in; lists leave no trace, because their items all have one schema. */
  readonly keys: readonly string[];
  /** What is being typed. */
  readonly typed: { readonly part: 'key' | 'value'; readonly from: number; readonly text: string };
  /** Of the document around the cursor. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Keys that stand beside the cursor already. */
  readonly siblings: ReadonlySet<string>;
}

interface Line {
  readonly indent: number;
  readonly key: string | undefined;
  /** A list item begins here: its first key is indented by the dash. */
  readonly dash: boolean;
}

/**
 * Finds out by indentation, which also works while the document is half typed and no parser can read it.
 * Undefined inside comments and where nothing sensible can be said.
 */
export function yamlPosition(text: string, offset: number): YamlPosition | undefined {
  const before = text.slice(0, offset);
  const documentStart = Math.max(before.lastIndexOf('\n---') + 1, 0);
  const documentEnd = text.indexOf('\n---', offset);
  const document = text.slice(documentStart, documentEnd === -1 ? undefined : documentEnd);
  const lines = document.split('\n');
  const current = text.slice(documentStart, offset).split('\n').length - 1;
  const typedLine = before.slice(before.lastIndexOf('\n') + 1);
  if (/^\s*#|\s#/.test(typedLine)) return undefined;

  const match = /^(\s*(?:-\s+)*)(?:([\w./-]+):\s+)?(["']?)([^"':{}[\]]*)$/.exec(typedLine);
  if (!match) return undefined;
  const [, lead = '', key, quote = '', typed = ''] = match;
  const indent = lead.length;
  const parents = keysAround(lines.map(readLine), current, indent);
  const from = offset - typed.length;
  return {
    keys: key === undefined ? parents : [...parents, key],
    typed:
      key === undefined && quote === '' && /^[\w-]*$/.test(typed)
        ? { part: 'key', from, text: typed }
        : { part: 'value', from, text: typed },
    apiVersion: /^apiVersion:\s*["']?([^\s"'#]+)/m.exec(document)?.[1] ?? '',
    kind: /^kind:\s*["']?([^\s"'#]+)/m.exec(document)?.[1] ?? '',
    siblings: siblingsOf(lines.map(readLine), current, indent),
  };
}

function readLine(text: string): Line | undefined {
  const match = /^(\s*)((?:-\s+)*)(?:(["']?)([\w./-]+)\3\s*:(?:\s|$))?/.exec(text);
  if (!match || text.trim() === '' || text.trim().startsWith('#')) return undefined;
  const [, space = '', dashes = '', , key] = match;
  return { indent: space.length + dashes.length, key, dash: dashes !== '' || /^\s*-\s*$/.test(text) };
}

/** The keys under which a line of that indentation stands. */
function keysAround(lines: readonly (Line | undefined)[], current: number, indent: number): readonly string[] {
  const keys: string[] = [];
  let limit = lines[current]?.dash ? dashIndent(lines[current], indent) : indent;
  // A list may stand at the indentation of its key.
  let orEqual = lines[current]?.dash ?? false;
  for (let index = current - 1; index >= 0; index--) {
    const line = lines[index];
    if (line?.key === undefined) continue;
    const own = line.indent;
    if (own < limit || (orEqual && own === limit && !line.dash)) {
      keys.unshift(line.key);
      limit = line.dash ? dashIndent(line, own) : own;
      orEqual = line.dash;
    } else if (line.dash && dashIndent(line, own) < limit && own === limit) {
      // The first key of the list item around: what follows stands where the dash stands.
      limit = dashIndent(line, own);
      orEqual = true;
    }
  }
  return keys;
}

function dashIndent(line: Line | undefined, indent: number): number {
  return line?.dash ? Math.max(indent - 2, 0) : indent;
}

function siblingsOf(lines: readonly (Line | undefined)[], current: number, indent: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const step of [-1, 1]) {
    for (let index = current + step; index >= 0 && index < lines.length; index += step) {
      const line = lines[index];
      if (!line) continue;
      if (line.indent < indent) break;
      if (step === 1 && line.dash && line.indent <= indent) break;
      if (line.indent === indent && line.key !== undefined) found.add(line.key);
      if (step === -1 && line.dash && line.indent <= indent) break;
    }
    if (step === -1 && lines[current]?.dash) found.clear();
  }
  return found;
}
