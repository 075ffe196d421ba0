import { asNumber, factAt, knownValue } from '../fact.ts';
import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

const LONGEST_SECONDS = 14 * 60;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html */
export const functionTimeout: Guard = {
  id: 'function-timeout',
  rule: 'The function of a Kafka mapping times out after 14 minutes at most.',
  check: ({ mappings }) =>
    mappings.flatMap((mapping) => {
      if (mapping.function === undefined) return unanswered(mapping.resource, 'FunctionName');
      const limit = factAt(mapping.function, ['Timeout'], asNumber);
      if (limit.kind === 'unknown') return unanswered(mapping.function, 'Timeout');
      const timeout = knownValue(limit) ?? 0;
      return timeout <= LONGEST_SECONDS
        ? []
        : [
            {
              resource: mapping.function,
              property: 'Timeout',
              problem: `is ${timeout} s; Lambda does not support more than ${LONGEST_SECONDS} s with Kafka`,
              fix: `Set a timeout of at most ${LONGEST_SECONDS} s and a batch that fits it.`,
            },
          ];
    }),
};
