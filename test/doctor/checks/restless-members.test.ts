import { aReading } from '../a-stage.ts';
import { NO_READINGS, describeCheck } from './check-cases.ts';

describeCheck('restless-members', {
  finds: [
    {
      story: 'members that change with each look',
      facts: {
        earlier: ['a', 'b', 'c', 'd'].map((id, index) => aReading(20 - index * 5, { members: [id] })),
      },
      found: ['billing-group: its members changed 4 times in 20 s (5 readings).'],
    },
    {
      story: 'a group that is settling again and again',
      facts: { earlier: [15, 10, 5, 1].map((ago) => aReading(ago, { state: 'PreparingRebalance' })) },
      found: ['billing-group: its members changed 3 times in 15 s (5 readings).'],
    },
  ],
  quiet: [
    {
      story: 'a member joined once',
      facts: { earlier: [aReading(10, { members: [] }), aReading(5)] },
    },
  ],
  unknown: [
    {
      story: 'there are too few readings',
      facts: NO_READINGS,
      reason: '1 reading of the last ten minutes, but at least 3 are needed: orders doctor --for 10',
    },
  ],
});
