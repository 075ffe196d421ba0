import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html
 */
export const groupId: Guard = {
  id: 'group-id',
  rule: 'A mapping names its consumer group in 1 to 200 ASCII characters without a colon.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, groupId: id }) => {
      if (id.kind === 'unknown') return unanswered(resource, 'ConsumerGroupId');
      if (id.kind === 'known' && /^[A-Za-z0-9\-/*_+=.@]{1,200}$/.test(id.value)) return [];
      return [
        {
          resource,
          property: 'ConsumerGroupId',
          problem:
            id.kind === 'absent'
              ? 'is missing: a recreated mapping would start from its starting position again'
              : `is "${id.value}": MSK publishes no lag metrics for it`,
          fix: 'Set a group id of letters, digits or - / * _ + = . @ and never change it.',
        },
      ];
    }),
};
