import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html */
export const destinationPresent: Guard = {
  id: 'destination-present',
  rule: 'A mapping has an on-failure destination.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, destination }) =>
      destination.kind === 'unknown'
        ? unanswered(resource, 'DestinationConfig')
        : destination.kind === 'none'
          ? [
              {
                resource,
                property: 'DestinationConfig',
                problem: 'is missing: discarded records would be lost without a trace',
                fix: 'Set an SQS queue, SNS topic, S3 bucket or another Kafka topic as on-failure destination.',
              },
            ]
          : [],
    ),
};
