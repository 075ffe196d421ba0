import { aGroup } from '../a-stage.ts';
import { describeCheck, partitions } from './check-cases.ts';

describeCheck('hot-partition', {
  finds: [
    {
      story: 'a partition with most of the records',
      facts: { groups: [aGroup({ partitions: partitions((n) => ({ end: n === 2 ? 500 : 100 })) })] },
      found: [': partition 2 has 50 % of 1000 records; a fair share of 6 partitions is 16.7 %.'],
    },
  ],
  quiet: [
    {
      story: 'partitions differ by chance',
      facts: { groups: [aGroup({ partitions: partitions((n) => ({ end: 80 + n * 10 })) })] },
    },
  ],
  unknown: [
    {
      story: 'there are few records',
      facts: { groups: [aGroup({ partitions: partitions(() => ({ end: 2, committed: 2 })) })] },
      reason: 'the topic has only 12 records, too few to see a pattern',
    },
  ],
});
