import { aGroup, aPoller } from '../a-stage.ts';
import { describeCheck } from './check-cases.ts';

describeCheck('unbalanced', {
  finds: [
    {
      story: 'a member with far more partitions than another',
      facts: { groups: [aGroup({ members: [aPoller([0, 1, 2, 3, 4], 1), aPoller([5], 2)] })] },
      found: ['billing-group: of 2 members, one reads 5 partitions and another one 1.'],
    },
    {
      story: 'partitions that nobody reads in a stable group',
      facts: { groups: [aGroup({ members: [aPoller([0, 1, 2])] })] },
      found: ['billing-group: nobody reads partitions 3-5, although the group is stable.'],
    },
  ],
  quiet: [
    {
      story: 'four members share six partitions',
      facts: {
        groups: [
          aGroup({ members: [aPoller([0, 1]), aPoller([2, 3], 2), aPoller([4], 3), aPoller([5], 4)] }),
        ],
      },
    },
  ],
  unknown: [
    {
      story: 'every group is settling',
      facts: { groups: [aGroup({ state: 'PreparingRebalance' })] },
      reason: 'every group is rebalancing: run the doctor again',
    },
  ],
});
