import { knownValue } from '../fact.ts';
import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html */
export const startingPosition: Guard = {
  id: 'starting-position',
  rule: 'A new mapping misses no record.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, startingPosition: position }) =>
      position.kind === 'unknown'
        ? unanswered(resource, 'StartingPosition')
        : knownValue(position) === 'LATEST'
          ? [
              {
                resource,
                property: 'StartingPosition',
                problem:
                  'is LATEST: records produced while the mapping is created or updated would never be read',
                fix: 'Set TRIM_HORIZON, or AT_TIMESTAMP with a time before the deployment.',
              },
            ]
          : [],
    ),
};
