/** Numbers by row, eight bytes each, in memory that grows by doubling. */
export class NumberColumn {
  #values = new Float64Array(1_024);

  get(row: number): number {
    return this.#values[row] ?? 0;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#values = grown(this.#values, row);
    this.#values[row] = value;
  }
}

/** Small whole numbers from 0 to 255 by row, a byte each. */
export class ByteColumn {
  #values = new Uint8Array(1_024);

  get(row: number): number {
    return this.#values[row] ?? 0;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const larger = new Uint8Array(lengthFor(row));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[row] = value;
  }
}

/** Row numbers by row, four bytes each; a row that was never set has {@link NO_ROW}. */
export class RowColumn {
  #values = new Int32Array(1_024);

  get(row: number): number {
    return (this.#values[row] ?? 0) - 1;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const larger = new Int32Array(lengthFor(row));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[row] = value + 1;
  }
}

export const NO_ROW = -1;

function grown(values: Float64Array<ArrayBuffer>, row: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(lengthFor(row));
  larger.set(values);
  return larger;
}

function lengthFor(row: number): number {
  return 2 ** Math.ceil(Math.log2(row + 1)) * 2;
}
