import { knownValue } from '../fact.ts';
import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html */
export const groupIdUnique: Guard = {
  id: 'group-id-unique',
  rule: 'Every mapping has a consumer group of its own.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, ...mapping }, index) => {
      const groupId = knownValue(mapping.groupId);
      const first = mappings.findIndex((other) => knownValue(other.groupId) === groupId);
      const other = mappings[first];
      return groupId === undefined || other === undefined || first === index
        ? []
        : [
            {
              resource,
              property: 'ConsumerGroupId',
              problem: `is "${groupId}", as at ${other.resource.constructPath}: each would get only a share of the records`,
              fix: 'Give each mapping its own group id.',
            },
          ];
    }),
};
