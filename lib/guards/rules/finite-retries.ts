import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html */
export const finiteRetries: Guard = {
  id: 'finite-retries',
  rule: 'A mapping with a destination says how often it retries.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, destination, retries }) =>
      destination.kind !== 'none' && destination.kind !== 'unknown' && retries.kind === 'absent'
        ? [
            {
              resource,
              property: 'MaximumRetryAttempts',
              problem: 'is infinite, which Lambda silently turns into 10 because there is a destination',
              fix: 'Set MaximumRetryAttempts from 0 to 10000.',
            },
          ]
        : [],
    ),
};
