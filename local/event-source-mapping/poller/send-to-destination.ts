import { randomUUID } from 'node:crypto';
import type { EventOrigin } from '../batch/build-kafka-event.ts';
import type { OnFailureDestination } from '../configuration/event-source-mapping-spec.ts';
import type { Discard } from '../retry/retry-decision.ts';
import { toError } from '../../helpers/to-error.ts';
import type { DestinationSettings, SendDiscard } from './destinations/destination.ts';
import { kafkaDestination } from './destinations/kafka.ts';
import { s3Destination } from './destinations/s3.ts';
import { snsDestination } from './destinations/sns.ts';
import { sqsDestination } from './destinations/sqs.ts';
import type { PollerSettings } from './messages.ts';

/** What became of records that were given up. */
export type DeliveryResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'noDestination' }
  | { readonly kind: 'failed'; readonly error: Error };

/** Sends discarded records to the mapping's destination, one try. Never throws. */
export type SendToDestination = (discard: Discard) => Promise<DeliveryResult>;

export function createSendToDestination(settings: PollerSettings, origin: EventOrigin): SendToDestination {
  const { spec, options, functionArn } = settings;
  if (spec.onFailure === null) return () => Promise.resolve({ kind: 'noDestination' });
  const send = connectDestination(spec.onFailure, { ...settings, s3KeyTemplate: options.s3KeyTemplate });
  return async (discard) => {
    try {
      await send(discard, {
        functionArn,
        origin,
        ageCondition: options.ageCondition,
        now: Date.now(),
        requestId: randomUUID(),
      });
      return { kind: 'delivered' };
    } catch (error) {
      return { kind: 'failed', error: toError(error) };
    }
  };
}

function connectDestination(destination: OnFailureDestination, settings: DestinationSettings): SendDiscard {
  switch (destination.kind) {
    case 'sqs':
      return sqsDestination(destination.queueArn, settings);
    case 'sns':
      return snsDestination(destination.topicArn, settings);
    case 's3':
      return s3Destination(destination.bucketArn, settings);
    case 'kafka':
      return kafkaDestination(destination.topic, settings);
  }
}
