import { NO_READINGS, describeCheck, reading } from './check-cases.ts';

describeCheck('moved-back', {
  finds: [
    {
      story: 'an offset that went back',
      facts: { earlier: [reading(60, { committed: 100 }), reading(30, { committed: 10 })] },
      found: [
        'billing-group: partition 0 was committed up to 100 at 09:59:00, and it was back at 10 by 09:59:30.',
      ],
    },
    {
      story: 'a commit that is gone',
      facts: { earlier: [reading(60, { committed: 100 }), reading(30, {})] },
      found: [
        'billing-group: partition 0 was committed up to 100 at 09:59:00, and its commit is missing by 09:59:30.',
      ],
    },
  ],
  quiet: [
    {
      story: 'offsets only grow',
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
