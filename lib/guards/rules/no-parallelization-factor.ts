import { at } from '../json-access.ts';
import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html */
export const noParallelizationFactor: Guard = {
  id: 'no-parallelization-factor',
  rule: 'A Kafka mapping has no parallelization factor.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource }) => {
      const factor = at(resource.properties, 'ParallelizationFactor');
      return factor === undefined
        ? []
        : [
            {
              resource,
              property: 'ParallelizationFactor',
              problem: `is ${JSON.stringify(factor)}: streams of Kinesis and DynamoDB have it, Lambda refuses it for Kafka`,
              fix: 'Take it out; partitions and pollers say how much runs at once.',
            },
          ];
    }),
};
