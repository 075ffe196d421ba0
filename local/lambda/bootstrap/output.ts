import type { Writable } from 'node:stream';

/**
 * Resolves when all output is with the host. A burst of lines waits in this process once the pipe is full; sent after
 * the response it would be counted to the next invocation, for this process is stopped in between.
 */
export async function outputWritten(streams: readonly Writable[]): Promise<void> {
  await Promise.all(streams.map(written));
}

async function written(stream: Writable): Promise<void> {
  if (stream.writableLength === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.write('', () => resolve());
  await promise;
}
