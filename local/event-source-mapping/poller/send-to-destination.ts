import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventOrigin } from '../batch/build-kafka-event.ts';
import type { OnFailureDestination } from '../configuration/event-source-mapping-spec.ts';
import { backoffMs } from '../retry/backoff.ts';
import type { Discard } from '../retry/retry-decision.ts';
import { toError } from '../../helpers/to-error.ts';
import type { DestinationSettings, SendDiscard } from './destinations/destination.ts';
import type { PollerSettings } from './messages.ts';

/**
 * The wait between tries, as in the AWS SDKs. @see
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const BACKOFF = { baseMs: 1_000, maximumMs: 20_000 };

/** The result of sending discarded records. */
export type DeliveryResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'noDestination' }
  | { readonly kind: 'failed'; readonly error: Error };

/**
 * Sends discarded records to the mapping's destination, with as many tries as the mapping's options say. Never
 * throws.
 */
export type SendToDestination = (discard: Discard) => Promise<DeliveryResult>;

export function createSendToDestination(settings: PollerSettings, origin: EventOrigin): SendToDestination {
  const { spec, options, functionArn } = settings;
  if (spec.onFailure === null) return () => Promise.resolve({ kind: 'noDestination' });
  const send = connectDestination(spec.onFailure, { ...settings, s3KeyTemplate: options.s3KeyTemplate });
  return async (discard) => {
    const context = {
      functionArn,
      origin,
      ageCondition: options.ageCondition,
      now: Date.now(),
      requestId: randomUUID(),
    };
    return deliver(() => send(discard, context), {
      tries: options.destinationTries,
      waitBefore: (tries) => delay(backoffMs(BACKOFF, tries, Math.random())),
    });
  };
}

export interface Tries {
  /** From 1. */
  readonly tries: number;
  /** Waits before the next try, given the number of tries so far. */
  readonly waitBefore: (tries: number) => Promise<void>;
}

/** Delivers, with this number of tries. */
export async function deliver(
  send: () => Promise<void>,
  { tries, waitBefore }: Tries,
): Promise<DeliveryResult> {
  for (let failed = 1; ; failed += 1) {
    try {
      await send();
      return { kind: 'delivered' };
    } catch (error) {
      if (failed >= tries) return { kind: 'failed', error: toError(error) };
      await waitBefore(failed);
    }
  }
}

/** Loads the client of a destination when there is something to send, because most pollers never have. */
function connectDestination(destination: OnFailureDestination, settings: DestinationSettings): SendDiscard {
  let loading: Promise<SendDiscard> | undefined;
  return async (discard, context) => {
    loading ??= loadDestination(destination, settings);
    await (
      await loading
    )(discard, context);
  };
}

async function loadDestination(
  destination: OnFailureDestination,
  settings: DestinationSettings,
): Promise<SendDiscard> {
  switch (destination.kind) {
    case 'sqs':
      return (await import('./destinations/sqs.ts')).sqsDestination(destination.queueArn, settings);
    case 'sns':
      return (await import('./destinations/sns.ts')).snsDestination(destination.topicArn, settings);
    case 's3':
      return (await import('./destinations/s3.ts')).s3Destination(destination.bucketArn, settings);
    case 'kafka':
      return (await import('./destinations/kafka.ts')).kafkaDestination(destination.topic, settings);
  }
}
