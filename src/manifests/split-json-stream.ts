/**
 * Splits JSON objects that follow each other with only space between them, as `kubectl` accepts in a JSON stream.
 * Returns the offsets of each; fewer than two where the text is not such a stream.
 */
export function splitJsonStream(text: string): readonly { readonly start: number; readonly end: number }[] {
  const objects: { start: number; end: number }[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (depth === 0) {
      if (/\s/.test(character)) continue;
      if (character !== '{') return [];
      start = at;
    }
    if (character === '"') at = endOfString(text, at);
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    if (depth === 0) objects.push({ start, end: at + 1 });
  }
  return depth === 0 ? objects : [];
}

/** Offset of the quote that ends the string, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
