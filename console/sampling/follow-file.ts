import { open, type FileHandle } from 'node:fs/promises';

/** The most that is read of a file at once. */
const CHUNK_BYTES = 1_048_576;

/** Reads a file that somebody else appends to. */
export class FollowedFile {
  readonly #path: string;
  #file: FileHandle | undefined;
  #position = 0;
  /** What was read of a line that is not complete yet. */
  #rest = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Returns the lines that were completed since the last call; none while there is no such file. */
  async lines(): Promise<readonly string[]> {
    const file = await this.#opened();
    if (file === undefined) return [];
    const { size } = await file.stat();
    let text = this.#rest;
    while (this.#position < size) {
      const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, size - this.#position));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, this.#position);
      if (bytesRead === 0) break;
      this.#position += bytesRead;
      text += buffer.toString('latin1', 0, bytesRead);
    }
    const lines = text.split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #opened(): Promise<FileHandle | undefined> {
    try {
      return (this.#file ??= await open(this.#path, 'r'));
    } catch {
      // Not there yet.
      return undefined;
    }
  }
}
