import { describeCheck, timeLeft } from './check-cases.ts';

describeCheck('retention', {
  finds: [
    {
      story: 'an unread record that is deleted within the day',
      facts: timeLeft({ kind: 'left', ms: 5 * 3_600_000, because: 'retention.ms' }),
      found: [
        'billing-group: its oldest unread record (partition 2, offset 17) is kept for 5 hours more, limited by retention.ms.',
      ],
    },
    {
      story: 'records that are deleted already',
      facts: timeLeft({ kind: 'gone', records: 3 }),
      found: ['billing-group: 3 records were deleted before they were read (partition 2, offset 17).'],
    },
  ],
  quiet: [
    {
      story: 'an unread record is kept for days',
      facts: timeLeft({ kind: 'left', ms: 5 * 86_400_000, because: 'retention.ms' }),
    },
  ],
  unknown: [
    {
      story: 'the record cannot be read',
      facts: timeLeft({ kind: 'unknown', reason: 'no permission' }),
      reason: 'of billing-group: no permission',
    },
  ],
});
