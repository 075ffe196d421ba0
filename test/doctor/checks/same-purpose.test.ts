import { aGroup, aMapping } from '../a-stage.ts';
import { describeCheck } from './check-cases.ts';

describeCheck('same-purpose', {
  finds: [
    {
      story: 'a second group with the same words in its name',
      facts: {
        groups: [
          aGroup(),
          aGroup({ groupId: 'Billing_consumer-v2', members: [], lag: { kind: 'known', lag: 9 } }),
        ],
      },
      found: [
        'Billing_consumer-v2: Billing_consumer-v2 (Empty, 0 members, lag 9) seems to be for billing, which has billing-group.',
      ],
    },
    {
      story: 'one function behind two groups',
      facts: {
        mappings: { kind: 'known', value: [aMapping(), aMapping({ uuid: 'mapping-2', groupId: 'other' })] },
      },
      found: [': The mappings of order-events to billing have 2 groups: billing-group, other.'],
    },
  ],
  quiet: [
    {
      story: 'another group is for something else',
      facts: { groups: [aGroup(), aGroup({ groupId: 'reports' })] },
    },
  ],
});
