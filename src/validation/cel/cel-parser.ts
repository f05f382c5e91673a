import type { CelToken } from './cel-tokens.ts';

export interface CelError {
  readonly position: number;
  readonly expectation: string;
}

/** What a parsed part is, as far as macros ask: `has(a.b)` takes a selection, `list.all(x, …)` a simple name. */
type Part = 'name' | 'selection' | 'other';

const deepestNesting = 250;

const reservedNames: ReadonlySet<string> = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Names of calls on a collection whose first argument names the variable, with their numbers of arguments. */
const comprehensions: ReadonlyMap<string, readonly number[]> = new Map([
  ['all', [2]],
  ['exists', [2]],
  ['exists_one', [2]],
  ['existsOne', [2]],
  ['filter', [2]],
  ['map', [2, 3]],
]);

class SyntaxProblem extends Error {
  readonly position: number;
  constructor(position: number, expectation: string) {
    super(expectation);
    this.position = position;
  }
}

/** Recursive descent over the tokens of one expression; builds nothing. */
export class CelParser {
  private readonly tokens: readonly CelToken[];
  private next = 0;
  private depth = 0;

  constructor(tokens: readonly CelToken[]) {
    this.tokens = tokens;
  }

  parse(): CelError | undefined {
    try {
      this.expression();
      if (this.token.kind !== 'end') this.fail('an operator or the end was expected');
      return undefined;
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      return { position: error.position, expectation: error.message };
    }
  }

  private get token(): CelToken {
    const token = this.tokens[Math.min(this.next, this.tokens.length - 1)];
    if (token === undefined) throw new Error('A token list ends with an end token.');
    return token;
  }

  private fail(expectation: string): never {
    throw new SyntaxProblem(this.token.position, expectation);
  }

  private at(...operators: readonly string[]): boolean {
    return (this.token.kind === 'operator' || this.token.text === 'in') && operators.includes(this.token.text);
  }

  private take(...operators: readonly string[]): boolean {
    if (!this.at(...operators)) return false;
    this.next += 1;
    return true;
  }

  private expect(operator: string): void {
    if (!this.take(operator)) this.fail(`"${operator}" was expected`);
  }

  private expression(): Part {
    this.depth += 1;
    this.checkDepth(this.depth);
    let part = this.binary(0);
    if (this.take('?')) {
      this.binary(0);
      this.expect(':');
      this.expression();
      part = 'other';
    }
    this.depth -= 1;
    return part;
  }

  private checkDepth(depth: number): void {
    if (depth > deepestNesting) this.fail('the nesting is too deep');
  }

  private static readonly levels = [
    ['||'],
    ['&&'],
    ['<', '<=', '>', '>=', '==', '!=', 'in'],
    ['+', '-'],
    ['*', '/', '%'],
  ];

  private binary(level: number): Part {
    const operators = CelParser.levels[level];
    if (operators === undefined) return this.unary();
    let part = this.binary(level + 1);
    for (let length = 1; this.take(...operators); length += 1) {
      // Chains of && and || are balanced, the others nest.
      if (level > 1) this.checkDepth(length);
      this.binary(level + 1);
      part = 'other';
    }
    return part;
  }

  private unary(): Part {
    const sign = this.token.text;
    if (!this.at('!', '-')) return this.member();
    while (this.take(sign));
    this.member();
    return 'other';
  }

  private member(): Part {
    let part = this.primary();
    for (let length = 1; ; length += 1) {
      this.checkDepth(length);
      if (this.take('.')) part = this.selection();
      else if (this.take('[')) {
        this.expression();
        this.expect(']');
        part = 'other';
      } else return part;
    }
  }

  private selection(): Part {
    if (this.token.kind === 'quoted-identifier') {
      this.next += 1;
      return 'selection';
    }
    const name = this.name();
    if (!this.at('(')) return 'selection';
    const first = this.tokens[this.next + 1]?.text;
    const call = this.arguments();
    // The latter is what the macros call their own variable.
    if (comprehensions.get(name)?.includes(call.length) && (call[0] !== 'name' || first === '__result__')) {
      this.fail(`the first argument of ${name}() must be a name of its own`);
    }
    return 'other';
  }

  private name(): string {
    const { kind, text } = this.token;
    if (kind !== 'identifier' || ['in', 'true', 'false', 'null'].includes(text)) this.fail('a name was expected');
    this.next += 1;
    return text;
  }

  private arguments(): readonly Part[] {
    this.expect('(');
    const parts: Part[] = [];
    if (this.take(')')) return parts;
    do parts.push(this.expression());
    while (this.take(','));
    this.expect(')');
    return parts;
  }

  private primary(): Part {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'text' || ['true', 'false', 'null'].includes(text)) {
      if (kind === 'number' && !isInRange(text, this.tokens[this.next - 1]?.text === '-'))
        this.fail('the number is too large');
      this.next += 1;
      return 'other';
    }
    if (this.take('(')) {
      const part = this.expression();
      this.expect(')');
      return part;
    }
    if (this.take('[')) return this.list();
    if (this.take('{')) return this.entries(() => this.expression());
    return this.nameOrCall();
  }

  private nameOrCall(): Part {
    const isRooted = this.take('.');
    const start = this.next;
    const name = this.name();
    if (this.message(start)) return 'other';
    if (reservedNames.has(name)) this.fail(`"${name}" is a reserved word`);
    if (!this.at('(')) return 'name';
    const call = this.arguments();
    if (name === 'has' && !isRooted && call.length === 1 && call[0] !== 'selection') {
      this.fail('the argument of has() must be a field');
    }
    return 'other';
  }

  /** `package.Message{field: value}`, whose name begins at token `start`; leaves the position alone where it is none. */
  private message(start: number): boolean {
    let end = start + 1;
    while (this.tokens[end]?.text === '.' && this.tokens[end + 1]?.kind === 'identifier') end += 2;
    if (this.tokens[end]?.text !== '{') return false;
    this.next = end + 1;
    this.entries(() => this.name());
    return true;
  }

  private list(): Part {
    if (this.take(',')) {
      this.expect(']');
      return 'other';
    }
    while (!this.take(']')) {
      this.expression();
      if (!this.at(']')) this.expect(',');
    }
    return 'other';
  }

  private entries(key: () => unknown): Part {
    if (this.take(',')) {
      this.expect('}');
      return 'other';
    }
    while (!this.take('}')) {
      key();
      this.expect(':');
      this.expression();
      if (!this.at('}')) this.expect(',');
    }
    return 'other';
  }
}

function isInRange(number: string, isNegative: boolean): boolean {
  if (/^0x/.test(number) || /^[0-9]+[uU]?$/.test(number)) {
    if (/[uU]$/.test(number)) return BigInt(number.slice(0, -1)) < 2n ** 64n;
    return BigInt(number) < 2n ** 63n + (isNegative ? 1n : 0n);
  }
  return Number.isFinite(Number(number));
}
