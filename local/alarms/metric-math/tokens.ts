/** A word, number, operator or bracket of an expression. */
export interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'symbol';
  readonly text: string;
}

const TOKEN = new RegExp(
  [
    String.raw`\s*(?:`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`|(?<name>[A-Za-z_][A-Za-z0-9_]*)`,
    String.raw`|"(?<text>[^"]*)"`,
    String.raw`|(?<symbol>==|!=|<=|>=|&&|\|\||[-+*/^<>(),[\]])`,
    String.raw`)\s*`,
  ].join(''),
  'y',
);

/**
 * Splits an expression of metric math or a composite alarm's rule into its tokens.
 *
 * @throws {Error} that names the place where no token begins.
 */
function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(expression)?.groups;
    const token = groups && tokenOf(groups);
    if (token === undefined) {
      throw new Error(`"${expression}" cannot be read at position ${from + 1}: "${expression.slice(from)}".`);
    }
    tokens.push(token);
  }
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token | undefined {
  for (const kind of ['number', 'name', 'text', 'symbol'] as const) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

/** Walks through tokens. */
export class TokenReader {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }

  /** Takes the next token if it is one of these symbols or names, whatever their case. */
  takeOneOf(...texts: readonly string[]): string | undefined {
    const token = this.#tokens[this.#next];
    if (token === undefined || token.kind === 'text' || token.kind === 'number') return undefined;
    const found = texts.find((text) => text === token.text.toUpperCase());
    if (found !== undefined) this.#next += 1;
    return found;
  }

  take(): Token | undefined {
    const token = this.#tokens[this.#next];
    this.#next += 1;
    return token;
  }

  /** @throws {Error} when the next token is another. */
  expect(symbol: string): void {
    if (this.takeOneOf(symbol) === undefined) throw this.refuse(`"${symbol}" is expected`);
  }

  /** @throws {Error} when tokens are left. */
  expectEnd(): void {
    if (this.#next < this.#tokens.length) throw this.refuse('the end is expected');
  }

  /** The error for what was read last or comes next. */
  refuse(why: string): Error {
    const found = this.#tokens[this.#next]?.text ?? 'the end';
    return new Error(`"${this.#expression}" cannot be read: ${why}, found ${found}.`);
  }
}
