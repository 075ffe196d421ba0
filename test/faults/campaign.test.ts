import { beforeAll, expect, jest, test } from '@jest/globals';
import { devAssembly } from '../../cli/order-events-app.ts';
import { SERVICE_NAMES } from '../../cli/drill/proxy/services.ts';
import { GRACE_MS } from '../../functions/notifications/timing.ts';
import { runScenario } from '../../tools/faults/run-scenario.ts';
import type { Scenario } from '../../tools/faults/scenarios/scenario.ts';

jest.setTimeout(240_000);

/**
 * A function that is killed between a claim and its send leaves the claim to its lease, of at most a timeout and five seconds, and
 * to the grace after it. Then the mapping may be in its longest pause.
 */
const RECOVER_WITHIN_MS = 35_000 + GRACE_MS + 30_000;

/** The long form has each kind of fault by itself: npm run faults. */
const MIXED: Scenario = {
  name: 'mixed',
  story:
    'A tenth of the answers is lost, then every service is refused for some seconds, then a function is killed.',
  disturb: async (world, { faultMs, pause }) => {
    world.proxy.spoil(['dynamodb', 'sqs'], { kind: 'lostAnswer', share: 0.1 });
    await pause(faultMs);
    await world.proxy.refuse(SERVICE_NAMES);
    await pause(faultMs / 2);
    await world.proxy.heal();
    await world.kill('function');
  },
};

let assembly: string;

beforeAll(async () => {
  assembly = await devAssembly();
});

test('lost answers, an outage of every service and a killed function leave nothing missing, double or wrong', async () => {
  const result = await runScenario(MIXED, {
    assembly,
    seed: 1,
    orders: 120,
    faultMs: 3_000,
    recoverWithinMs: RECOVER_WITHIN_MS,
    keepLogs: true,
  });

  expect({ findings: result.findings, hadFaults: result.faults > 0 }).toEqual({
    findings: [],
    hadFaults: true,
  });
});
