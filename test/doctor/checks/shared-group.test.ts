import { aMapping } from '../a-stage.ts';
import { describeCheck } from './check-cases.ts';

describeCheck('shared-group', {
  finds: [
    {
      story: 'two mappings with one group',
      facts: {
        mappings: {
          kind: 'known',
          value: [aMapping(), aMapping({ uuid: 'mapping-2', functionName: 'audit' })],
        },
      },
      found: [
        'billing-group: 2 mappings have this group: mapping-1 (order-events to billing), mapping-2 (order-events to audit).',
      ],
    },
  ],
  quiet: [
    {
      story: 'two mappings have two groups',
      facts: { mappings: { kind: 'known', value: [aMapping(), aMapping({ groupId: 'audit-group' })] } },
    },
  ],
  unknown: [
    {
      story: 'mappings cannot be listed',
      facts: { mappings: { kind: 'unknown', reason: 'no permission' } },
      reason: 'no permission',
    },
  ],
});
