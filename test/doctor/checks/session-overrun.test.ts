import { aGroup } from '../a-stage.ts';
import { NO_READINGS, describeCheck, partitions, reading } from './check-cases.ts';

describeCheck('session-overrun', {
  finds: [
    {
      story: 'a partition that goes from member to member and does not get on',
      facts: {
        groups: [aGroup({ partitions: partitions(() => ({ committed: 40 })) })],
        earlier: ['a', 'b'].map((owner, index) => reading(900 - index * 400, { committed: 40, owner })),
      },
      found: [
        'billing-group: partition 0 had 3 readers one after the other and is still at offset 40, 60 records before its end.',
      ],
    },
  ],
  quiet: [
    {
      story: 'a partition changes hands and gets on',
      facts: {
        groups: [aGroup({ partitions: partitions(() => ({ committed: 40 })) })],
        earlier: ['a', 'b'].map((owner, index) =>
          reading(900 - index * 400, { committed: 38 + index, owner }),
        ),
      },
    },
  ],
  unknown: [
    {
      story: 'there are too few readings',
      facts: NO_READINGS,
      reason:
        'there are fewer than 3 readings of the last hour: orders doctor --for 10, or run the doctor again later',
    },
  ],
});
