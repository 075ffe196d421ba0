import type { IncomingMessage } from 'node:http';

/** A request body. `bytes` is empty when the body is larger than allowed. */
interface Body {
  readonly bytes: Buffer;
  readonly tooLarge: boolean;
}

/** Reads to the end also what is too large, so that a client still sending can read the answer. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Body> {
  const { promise, resolve, reject } = Promise.withResolvers<Body>();
  let chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limitBytes) chunks.push(chunk);
    else chunks = [];
  });
  request.on('end', () => resolve({ bytes: joined(chunks), tooLarge: length > limitBytes }));
  request.on('error', reject);
  return promise;
}

/** Copies nothing when there is only one chunk. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [first, ...rest] = chunks;
  return first !== undefined && rest.length === 0 ? first : Buffer.concat(chunks);
}
