import { Writable } from 'node:stream';
import type { InvocationContext } from './invocation-context.ts';

/** What AWS's runtime client marks a streaming handler with. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** What ends the metadata in front of a streamed HTTP response. */
const END_OF_METADATA = new Uint8Array(8);

/** A handler that writes its response instead of returning it. */
export type StreamingHandler = (
  event: unknown,
  stream: ResponseStream,
  context: InvocationContext,
) => Promise<unknown>;

/** A response in the function's own bytes: it need not be JSON. */
export class StreamedResponse {
  readonly body: string;

  constructor(body: string) {
    this.body = body;
  }
}

/** Collects what a streaming handler writes: whoever invokes without a stream gets all of it at the end. */
export class ResponseStream extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  /** There is no HTTP response that could have a type. */
  setContentType(_contentType: string): void {}

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

/**
 * The global `awslambda` of the Node.js runtimes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export const awslambda = {
  streamifyResponse<T extends object>(handler: T): T {
    return Object.assign(handler, { [STREAMING]: 'response' });
  },
  HttpResponseStream: {
    from(stream: ResponseStream, metadata: unknown): ResponseStream {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream.write(JSON.stringify(metadata));
      stream.write(END_OF_METADATA);
      return stream;
    },
  },
};

export const isStreaming = (handler: object): handler is StreamingHandler =>
  typeof handler === 'function' && Reflect.get(handler, STREAMING) === 'response';

/** The handler as one that returns its response, once it is done and its stream has ended. */
export function buffered(
  handler: StreamingHandler,
): (event: unknown, context: InvocationContext) => Promise<StreamedResponse> {
  return async (event, context) => {
    const stream = new ResponseStream();
    const ended = new Promise<void>((resolve, reject) => {
      stream.once('finish', resolve);
      stream.once('error', reject);
    });
    const result: unknown = handler(event, stream, context);
    if (!(result instanceof Promise)) throw new Error('Streaming does not support non-async handlers.');
    await Promise.all([result, ended]);
    return new StreamedResponse(stream.text());
  };
}
