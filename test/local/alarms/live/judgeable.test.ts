import { expect, test } from '@jest/globals';
import { judgeable } from '../../../../local/alarms/live/judgeable.ts';
import { aComposite, aMetricAlarm } from './resources.ts';

test('alarms that cannot be judged are refused with the reason, and so are those that name them', () => {
  const { alarms, refused } = judgeable([
    aMetricAlarm('lag'),
    aMetricAlarm('deploying'),
    aMetricAlarm('trimmed', { Statistic: 'tm99' }),
    aMetricAlarm('band', { ComparisonOperator: 'GreaterThanUpperThreshold' }),
    aComposite('page', 'ALARM("lag")'),
    aComposite('trimmed-page', 'ALARM("trimmed") OR ALARM("lag")'),
    aComposite('above', 'ALARM("trimmed-page")'),
  ]);

  expect({ alarms: alarms.map(({ name }) => name), refused }).toEqual({
    alarms: ['lag', 'deploying', 'page'],
    refused: [
      {
        logicalId: 'trimmed',
        reason:
          'The statistic tm99 cannot be calculated here. Use Sum, Average, Maximum, Minimum, SampleCount or p0 to p100.',
      },
      {
        logicalId: 'band',
        reason: expect.stringContaining('The alarm band has ComparisonOperator "GreaterThanUpperThreshold"'),
      },
      { logicalId: 'trimmed-page', reason: 'it names the alarm trimmed, which is not judged here' },
      { logicalId: 'above', reason: 'it names the alarm trimmed-page, which is not judged here' },
    ],
  });
});
