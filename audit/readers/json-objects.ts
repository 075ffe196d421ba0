const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const BRACE = 0x7b;

/**
 * Yields the texts of the objects at a nesting depth of a JSON text, one at a time, so that the whole text need not
 * fit into memory.
 *
 * @param depth - 0 is the text's own object.
 */
export async function* jsonObjects(chunks: AsyncIterable<Uint8Array>, depth: number): AsyncGenerator<string> {
  const scanner = new Scanner(depth);
  for await (const chunk of chunks) yield* scanner.scan(Buffer.from(chunk));
}

class Scanner {
  readonly #depth: number;
  #level = 0;
  #inText = false;
  #escaped = false;
  /** The object that began in an earlier chunk. */
  #begun: Buffer[] = [];
  #open = false;

  constructor(depth: number) {
    this.#depth = depth;
  }

  *scan(chunk: Buffer): Generator<string> {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#inText) this.#readText(byte);
      else if (byte === QUOTE) this.#inText = true;
      else if (OPENING.has(byte)) {
        if (this.#level === this.#depth && byte === BRACE) {
          this.#open = true;
          start = index;
        }
        this.#level += 1;
      } else if (CLOSING.has(byte)) {
        this.#level -= 1;
        if (this.#open && this.#level === this.#depth) {
          yield Buffer.concat([...this.#begun, chunk.subarray(start, index + 1)]).toString();
          this.#open = false;
          this.#begun = [];
        }
      }
    }
    if (this.#open) this.#begun.push(chunk.subarray(start));
  }

  #readText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
  }
}
