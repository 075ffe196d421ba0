import { fingerprint } from '../fingerprint.ts';
import { NumberColumn } from './columns.ts';

const CHUNK_BYTES = 1_048_576;
const FEWEST_SLOTS = 1_024;
const FREE = 0;
const MOST_FULL = 0.6;

/**
 * Numbers texts from 0 in the order of their arrival. The texts are stored one after the other in plain bytes, and an
 * index of four bytes per slot finds them. A million order ids take about 40 megabytes, a quarter of the size of a
 * Map.
 */
export class TextNumbers {
  /** UTF-8; a text never spans two chunks. */
  readonly #chunks: Buffer[] = [];
  #chunkUsed = CHUNK_BYTES;
  /** The place of each text: its chunk and its offset in it, as one number. */
  readonly #places = new NumberColumn();
  readonly #lengths = new NumberColumn();
  /** One more than the number of a text, by its fingerprint. */
  #slots = new Int32Array(FEWEST_SLOTS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  find(text: string): number | undefined {
    const found = this.#slots[this.#slotOf(Buffer.from(text), text)] ?? FREE;
    return found === FREE ? undefined : found - 1;
  }

  /** The number of a text, which is a new one if the text is new. */
  numberOf(text: string): number {
    const bytes = Buffer.from(text);
    const slot = this.#slotOf(bytes, text);
    const found = this.#slots[slot] ?? FREE;
    if (found !== FREE) return found - 1;
    const number = this.#count;
    this.#count += 1;
    this.#keep(number, bytes);
    this.#slots[slot] = number + 1;
    if (this.#count > this.#slots.length * MOST_FULL) this.#grow();
    return number;
  }

  /** Empty for a number that no text has. */
  textOf(number: number): string {
    return number < this.#count ? this.#bytesOf(number).toString() : '';
  }

  #keep(number: number, bytes: Buffer): void {
    if (this.#chunkUsed + bytes.length > CHUNK_BYTES) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes.length)));
      this.#chunkUsed = 0;
    }
    this.#chunks.at(-1)?.set(bytes, this.#chunkUsed);
    this.#places.set(number, (this.#chunks.length - 1) * CHUNK_BYTES + this.#chunkUsed);
    this.#lengths.set(number, bytes.length);
    this.#chunkUsed += bytes.length;
  }

  #bytesOf(number: number): Buffer {
    const place = this.#places.get(number);
    const start = place % CHUNK_BYTES;
    const chunk = this.#chunks[Math.floor(place / CHUNK_BYTES)] ?? Buffer.alloc(0);
    return chunk.subarray(start, start + this.#lengths.get(number));
  }

  /** The slot that a text has, or would get. */
  #slotOf(bytes: Buffer, text: string): number {
    let slot = fingerprint(text) % this.#slots.length;
    for (;;) {
      const found = this.#slots[slot] ?? FREE;
      if (found === FREE || this.#bytesOf(found - 1).equals(bytes)) return slot;
      slot = (slot + 1) % this.#slots.length;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#count; number += 1) {
      const bytes = this.#bytesOf(number);
      this.#slots[this.#slotOf(bytes, bytes.toString())] = number + 1;
    }
  }
}
