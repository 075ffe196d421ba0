import type { Guard } from '../guard.ts';
import { numberAt } from '../json-access.ts';

const longestSeconds = 14 * 60;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html */
export const functionTimeout: Guard = {
  id: 'function-timeout',
  rule: 'The function of a Kafka mapping times out after 14 minutes at most.',
  check: ({ mappings }) =>
    mappings.flatMap((mapping) => {
      const timeout = numberAt(mapping.function?.properties, 'Timeout') ?? 0;
      return mapping.function === undefined || timeout <= longestSeconds
        ? []
        : [
            {
              resource: mapping.function,
              property: 'Timeout',
              problem: `is ${timeout} s; Lambda does not support more than ${longestSeconds} s with Kafka`,
              fix: `Set a timeout of at most ${longestSeconds} s and a batch that fits it.`,
            },
          ];
    }),
};
