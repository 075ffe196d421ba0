import { aGroup, aPoller } from '../a-stage.ts';
import { ALL, describeCheck } from './check-cases.ts';

describeCheck('idle-members', {
  finds: [
    {
      story: 'seven members for six partitions',
      facts: {
        groups: [aGroup({ members: [...ALL.map((n) => aPoller([n], n)), aPoller([], 7)] })],
      },
      found: ['billing-group: 7 members share 6 partitions: 1 read nothing.'],
    },
  ],
  quiet: [
    {
      story: 'each partition has a member',
      facts: { groups: [aGroup({ members: ALL.map((n) => aPoller([n], n)) })] },
    },
  ],
});
