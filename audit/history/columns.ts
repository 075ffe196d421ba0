/** Rows of a page; a column of a million rows has sixteen. */
const PAGE_BITS = 16;
const PAGE_ROWS = 2 ** PAGE_BITS;
const IN_PAGE = PAGE_ROWS - 1;

/**
 * Values by row, in pages that are created when one of their rows is set. Nothing is copied, and at most one page is
 * unused memory. A row that was never set is 0.
 */
class Column<P extends Float64Array | Uint8Array | Int32Array> {
  readonly #pages: (P | undefined)[] = [];
  readonly #newPage: (rows: number) => P;

  constructor(newPage: (rows: number) => P) {
    this.#newPage = newPage;
  }

  get(row: number): number {
    return this.#pages[Math.floor(row / PAGE_ROWS)]?.[row & IN_PAGE] ?? 0;
  }

  set(row: number, value: number): void {
    const number = Math.floor(row / PAGE_ROWS);
    const page = (this.#pages[number] ??= this.#newPage(PAGE_ROWS));
    page[row & IN_PAGE] = value;
  }

  /** The rows whose value is not 0, in order. */
  *rows(): Generator<number> {
    for (const [number, page] of this.#pages.entries()) {
      if (page === undefined) continue;
      for (let row = 0; row < PAGE_ROWS; row += 1) if (page[row] !== 0) yield number * PAGE_ROWS + row;
    }
  }
}

/** Numbers by row, eight bytes each. */
export class NumberColumn extends Column<Float64Array> {
  constructor() {
    super((rows) => new Float64Array(rows));
  }
}

/** Small whole numbers from 0 to 255 by row, a byte each. */
export class ByteColumn extends Column<Uint8Array> {
  constructor() {
    super((rows) => new Uint8Array(rows));
  }
}

/** Row numbers by row, four bytes each; a row that was never set has {@link NO_ROW}. */
export class RowColumn {
  /** One more than the number, so that 0 stands for none. */
  readonly #values = new Column((rows) => new Int32Array(rows));

  get(row: number): number {
    return this.#values.get(row) - 1;
  }

  set(row: number, value: number): void {
    this.#values.set(row, value + 1);
  }
}

export const NO_ROW = -1;
