import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import * as z from 'zod';
import { createInvokeApi, type InvokeResponse } from '../../../local/lambda/invoke-api.ts';
import { listenOnLoopback } from '../../../local/lambda/listen-on-loopback.ts';
import { ServiceError } from '../../../local/lambda/service-errors.ts';

/** A record as the function received it, key and value decoded. */
export interface ReceivedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
}

/** The records of one call, in the order of the event. */
export type ReceivedBatch = readonly ReceivedRecord[];

/**
 * What a function does with a batch: what it returns is the response, what it throws is a function error; a
 * `ServiceError` is the Lambda service's own refusal.
 *
 * @param call - the number of the call, from 1.
 */
export type Script = (batch: ReceivedBatch, call: number) => unknown;

/** A function behind Lambda's Invoke API that runs in the test. */
export interface ScriptedFunction {
  readonly arn: string;
  readonly endpoint: string;
  /** The batches of all calls so far, failed ones too, in the order in which they came. */
  readonly batches: readonly ReceivedBatch[];
  /** The events as they came, in the same order. */
  readonly events: readonly unknown[];
  close(): Promise<void>;
}

/** Starts a function. Without a script it succeeds. */
export async function startScriptedFunction(script: Script = () => null): Promise<ScriptedFunction> {
  const name = `function-${randomUUID()}`;
  const batches: ReceivedBatch[] = [];
  const events: unknown[] = [];
  const server = createServer(
    createInvokeApi({
      newId: randomUUID,
      invoke: ({ payload }) => {
        const event: unknown = JSON.parse(payload.toString());
        const batch = readBatch(event);
        events.push(event);
        const call = batches.push(batch);
        return respond(() => script(batch, call));
      },
    }),
  );
  server.keepAliveTimeout = 0;
  const port = await listenOnLoopback(server, 0);
  return {
    arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    endpoint: `http://127.0.0.1:${port}`,
    batches,
    events,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The values of batches, which is what most tests compare. */
export function valuesOf(batches: readonly ReceivedBatch[]): (string | null)[][] {
  return batches.map((batch) => batch.map(({ value }) => value));
}

/** All values, sorted: for records of which nothing promises the order. */
export function sortedValues(batches: readonly ReceivedBatch[]): string[] {
  return batches
    .flat()
    .map(({ value }) => value ?? '(none)')
    .toSorted((one, other) => one.localeCompare(other, 'en'));
}

/** A partial batch response that lists these records. */
export function reporting(topic: string, failed: ReceivedBatch): object {
  return {
    batchItemFailures: failed.map(({ partition, offset }) => ({
      itemIdentifier: { partition: `${topic}-${partition}`, offset },
    })),
  };
}

async function respond(script: () => unknown): Promise<InvokeResponse> {
  try {
    return { payload: toJson(await script()), isFunctionError: false };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    return { payload: toJson({ errorType: 'Error', errorMessage: String(error) }), isFunctionError: true };
  }
}

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value ?? null));
}

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64').toString());

const kafkaEvent = z.object({
  records: z.record(
    z.string(),
    z.array(
      z.object({
        partition: z.int(),
        offset: z.int(),
        key: base64.optional(),
        value: base64.optional(),
      }),
    ),
  ),
});

function readBatch(event: unknown): ReceivedBatch {
  const { records } = kafkaEvent.parse(event);
  return Object.values(records)
    .flat()
    .map(({ partition, offset, key = null, value = null }) => ({ partition, offset, key, value }));
}
