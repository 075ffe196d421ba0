import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html */
export const destinationNotSource: Guard = {
  id: 'destination-not-source',
  rule: 'The on-failure topic is not the topic that is consumed.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, destination, topic }) =>
      destination.kind === 'topic' && topic.kind === 'known' && destination.name === topic.value
        ? [
            {
              resource,
              property: 'DestinationConfig',
              problem: `is kafka://${destination.name}, the source itself: failed records would come back for ever`,
              fix: 'Send failed records to another topic.',
            },
          ]
        : [],
    ),
};
