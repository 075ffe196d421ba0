import { asNumber, factAt, knownValue } from '../fact.ts';
import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

/** Lambda's own default: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const DEFAULT_TIMEOUT_SECONDS = 3;

export const batchFitsTimeout: Guard = {
  id: 'batch-fits-timeout',
  rule: 'A full batch at its slowest pace ends before the timeout of its function.',
  check: ({ mappings }, { pace = {} }) =>
    mappings.flatMap((mapping) => {
      const slowest = pace[knownValue(mapping.groupId) ?? ''];
      if (slowest === undefined || mapping.function === undefined) return [];
      const limit = factAt(mapping.function, ['Timeout'], asNumber);
      const batchSize = knownValue(mapping.batchSize);
      if (batchSize === undefined) return unanswered(mapping.resource, 'BatchSize');
      if (limit.kind === 'unknown') return unanswered(mapping.function, 'Timeout');
      const timeout = knownValue(limit) ?? DEFAULT_TIMEOUT_SECONDS;
      const rounds = Math.ceil(batchSize / slowest.recordsAtOnce);
      const needed = (rounds * slowest.recordMilliseconds + slowest.reserveMilliseconds) / 1000;
      return needed <= timeout
        ? []
        : [
            {
              resource: mapping.resource,
              property: 'BatchSize',
              problem:
                `is ${batchSize}, which takes ${needed} s at ${slowest.recordMilliseconds} ms a record and ` +
                `${slowest.recordsAtOnce} at once; the function stops after ${timeout} s`,
              fix: 'Lower the batch size, raise the timeout, or work on more records at once.',
            },
          ];
    }),
};
