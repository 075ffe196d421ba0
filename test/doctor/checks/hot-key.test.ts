import { describeCheck } from './check-cases.ts';

describeCheck('hot-key', {
  finds: [
    {
      story: 'a key with more than the share of a partition',
      facts: {
        keys: {
          kind: 'known',
          value: { records: 600, top: [{ key: 'order-1', partition: 3, records: 150 }] },
        },
      },
      found: [
        ': key order-1 has 25 % of the newest 600 records, on partition 3; a fair share of a whole partition is 16.7 %.',
      ],
    },
  ],
  quiet: [
    {
      story: 'no key has more than the share of a partition',
      facts: {
        keys: {
          kind: 'known',
          value: { records: 600, top: [{ key: 'order-1', partition: 3, records: 90 }] },
        },
      },
    },
  ],
  unknown: [
    {
      story: 'no record was read',
      facts: { keys: { kind: 'unknown', reason: 'not read here' } },
      reason: 'not read here',
    },
    {
      story: 'there are few records',
      facts: { keys: { kind: 'known', value: { records: 12, top: [] } } },
      reason: 'only 12 records were read, too few to see a pattern',
    },
  ],
});
