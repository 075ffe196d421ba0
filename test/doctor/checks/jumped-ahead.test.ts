import { aGroup } from '../a-stage.ts';
import { NO_READINGS, describeCheck, partitions, reading } from './check-cases.ts';

describeCheck('jumped-ahead', {
  finds: [
    {
      story: 'an offset that moved in a group without members',
      facts: { groups: [aGroup({ members: [] })], earlier: [reading(30, { committed: 70 }, [])] },
      found: [
        'billing-group: partition 0 went from 70 to 100 between 09:59:30 and 10:00:00, while the group had no member.',
      ],
    },
    {
      story: 'an offset beyond the end',
      facts: {
        groups: [aGroup({ partitions: partitions(() => ({ committed: 120 })).slice(0, 1) })],
        ...NO_READINGS,
      },
      found: ['billing-group: partition 0 is committed up to 120 and ends at 100.'],
    },
  ],
  quiet: [
    {
      story: 'offsets move while members read',
      facts: { earlier: [reading(60, { committed: 10 }), reading(30, { committed: 90 })] },
    },
  ],
  unknown: [
    {
      story: 'there is one reading',
      facts: NO_READINGS,
      reason: 'there is no earlier reading to compare with: run the doctor again',
    },
  ],
});
