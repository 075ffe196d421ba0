import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { KafkaEvent, KafkaRecord } from '../../kafka/kafka-event.ts';
import { rehearsalAnswer, type RehearsedRecord } from '../../kafka/rehearsal.ts';
import type { Delivery } from '../engine/ports.ts';

/** The fields of a mapping's event besides its records. */
export interface EventSource {
  readonly clusterArn: string;
  /** Comma-joined, as Lambda gives them. */
  readonly bootstrapServers: () => Promise<string>;
}

/** A deployed function that takes the events of the mapping. */
export interface InvokedFunction {
  readonly client: LambdaClient;
  readonly functionName: string;
  readonly source: EventSource;
}

const itemIdentifier = z.object({ partition: z.string(), offset: z.int() });
const batchAnswer = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier })),
});

/**
 * Invokes the consumer's function with records. Rejects when Lambda did not run it, for example because of a limit or
 * a missing permission.
 */
export function deliverTo(invoked: InvokedFunction): (records: readonly KafkaRecord[]) => Promise<Delivery> {
  return async (records) => {
    const { error, payload } = await invoke(invoked, records);
    if (error !== undefined) return { kind: 'ended', error: describeEnd(error, payload) };
    const answer = batchAnswer.safeParse(payload);
    // As Lambda: an answer without a list is one of a batch that is done.
    const failures = answer.success ? answer.data.batchItemFailures : [];
    const names = new Set(
      failures.map(({ itemIdentifier: { partition, offset } }) => `${partition}:${offset}`),
    );
    return {
      kind: 'answered',
      failed: new Set(records.filter((record) => names.has(`${partitionOf(record)}:${record.offset}`))),
    };
  };
}

/** Asks the consumer's rehearsal function. @throws {Error} when it does not answer for each record. */
export function rehearseWith(
  invoked: InvokedFunction,
): (records: readonly KafkaRecord[]) => Promise<readonly RehearsedRecord[]> {
  return async (records) => {
    if (records.length === 0) return [];
    const { error, payload } = await invoke(invoked, records);
    const answer = rehearsalAnswer.safeParse(payload);
    if (error !== undefined || !answer.success)
      throw new Error(
        `The rehearsal ${invoked.functionName} failed: ${describeEnd(error ?? 'no answer', payload)}`,
      );
    const byName = new Map(
      answer.data.records.map((record) => [`${record.partition}:${record.offset}`, record]),
    );
    return records.map((record) => {
      const rehearsed = byName.get(`${partitionOf(record)}:${record.offset}`);
      if (rehearsed === undefined)
        throw new Error(
          `The rehearsal ${invoked.functionName} did not answer for ${partitionOf(record)} ${record.offset}.`,
        );
      return rehearsed;
    });
  };
}

async function invoke(
  { client, functionName, source }: InvokedFunction,
  records: readonly KafkaRecord[],
): Promise<{ readonly error: string | undefined; readonly payload: unknown }> {
  const event = kafkaEvent(records, source.clusterArn, await source.bootstrapServers());
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  return { error: FunctionError, payload: parse(Payload?.transformToString() ?? '') };
}

/** As Lambda would send it. https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html */
function kafkaEvent(
  records: readonly KafkaRecord[],
  eventSourceArn: string,
  bootstrapServers: string,
): KafkaEvent {
  return {
    eventSource: 'aws:kafka',
    eventSourceArn,
    bootstrapServers,
    records: Object.fromEntries(Map.groupBy(records, partitionOf)),
  };
}

function partitionOf({ topic, partition }: KafkaRecord): string {
  return `${topic}-${partition}`;
}

/** The error's type, and no message: that may quote a record. */
function describeEnd(error: string, payload: unknown): string {
  const said = z.safeParse(z.object({ errorType: z.string() }), payload);
  const why = said.success ? said.data.errorType : error;
  return `the invocation ended without an answer (${why}); the function's log says why`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
