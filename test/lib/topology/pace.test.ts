import { expect, test } from '@jest/globals';
import { runPolicy as billing } from '../../../functions/billing/pace.ts';
import { runPolicy as inventory } from '../../../functions/inventory/pace.ts';
import { runPolicy as notifications } from '../../../functions/notifications/pace.ts';
import { topology } from '../../../lib/topology/topology.ts';

test('the topology states the pace that the handlers keep', () => {
  const policies = { billing, inventory, notifications };

  const kept = topology.consumers.map(({ name }) => ({
    name,
    recordsAtOnce: policies[name].maxConcurrentRuns * policies[name].maxRecordsPerRun,
    reserveMilliseconds: policies[name].minRemainingMs,
  }));

  expect(
    topology.consumers.map(({ name, pace: { recordsAtOnce, reserveMilliseconds } }) => ({
      name,
      recordsAtOnce,
      reserveMilliseconds,
    })),
  ).toStrictEqual(kept);
});
