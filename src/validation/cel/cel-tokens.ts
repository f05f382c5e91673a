export interface CelToken {
  readonly kind: 'identifier' | 'quoted-identifier' | 'number' | 'text' | 'operator' | 'end';
  readonly text: string;
  readonly position: number;
}

const escape = String.raw`\\(?:[abfnrtv"'\\?\x60]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;
const quotedText = [
  `"""(?:${escape}|[^\\\\])*?"""`,
  `'''(?:${escape}|[^\\\\])*?'''`,
  `"(?:${escape}|[^\\\\"\\n\\r])*"`,
  `'(?:${escape}|[^\\\\'\\n\\r])*'`,
].join('|');
const rawText = String.raw`"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*'`;

const patterns: readonly (readonly [CelToken['kind'] | 'space', RegExp])[] = [
  ['space', /(?:[ \t\r\n\f]|\/\/[^\n]*)+/y],
  ['text', new RegExp(`[bB]?[rR](?:${rawText})`, 'y')],
  ['text', new RegExp(`[bB]?(?:${quotedText})`, 'y')],
  ['number', /(?:[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?)/y],
  ['number', /(?:0x[0-9a-fA-F]+|[0-9]+)[uU]?/y],
  ['identifier', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['quoted-identifier', /`[A-Za-z0-9_./ -]+`/y],
  ['operator', /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y],
];

/** Splits an expression of the Common Expression Language, or gives the position that begins no token. */
export function readCelTokens(expression: string): readonly CelToken[] | number {
  const tokens: CelToken[] = [];
  let position = 0;
  while (position < expression.length) {
    const token = readToken(expression, position);
    if (token === undefined) return position;
    if (token.kind !== 'space') tokens.push({ kind: token.kind, text: token.text, position });
    position += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', position });
  return tokens;
}

function readToken(
  expression: string,
  position: number,
): { readonly kind: CelToken['kind'] | 'space'; readonly text: string } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined && text !== '') return { kind, text };
  }
  return undefined;
}
