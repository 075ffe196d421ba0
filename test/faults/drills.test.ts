import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Drill } from '../../cli/drill/drill.ts';
import { CRASH_POINTS, crashDrill } from '../../cli/drill/drills/crash.ts';
import { intruderDrill } from '../../cli/drill/drills/intruder.ts';
import { outageDrill } from '../../cli/drill/drills/outage.ts';
import { poisonDrill } from '../../cli/drill/drills/poison.ts';
import { SERVICE_NAMES } from '../../cli/drill/proxy/services.ts';
import { runDrill } from '../../cli/drill/run-drill.ts';
import { randomOf } from '../../cli/drill/world/random.ts';
import { World } from '../../cli/drill/world/world.ts';
import { devAssembly } from '../../cli/order-events-app.ts';

jest.setTimeout(900_000);

/** One for all drills: each leaves it clean, which its audit proves. */
let world: World;

beforeAll(async () => {
  world = await World.start({ assembly: await devAssembly(), random: randomOf(1) });
});

afterAll(async () => {
  await world.stop({ keepLogs: false });
});

/** At the other points a claim of notifications may be open, for which another owner waits longer than a minute. */
const PARKING = new Set(['before-park', 'after-park']);

/** The long forms are commands: orders drill --help. */
test.each<{ readonly drill: Drill; readonly seed: number }>([
  { drill: outageDrill({ services: SERVICE_NAMES, outages: ['error', 'refuse'] }), seed: 1 },
  {
    drill: crashDrill(CRASH_POINTS.filter(({ name }) => PARKING.has(name))),
    seed: 2,
  },
  { drill: intruderDrill, seed: 3 },
  { drill: poisonDrill, seed: 5 },
])('a short drill $drill.name passes and leaves a clean audit', async ({ drill, seed }) => {
  const { ok, problems, audit } = await runDrill(world, drill, {
    seed,
    orders: 20,
    faultMs: 2_000,
    recoverWithinMs: 120_000,
    onStep: () => undefined,
  });

  expect({ ok, problems, findings: audit.findings.list }).toEqual({ ok: true, problems: [], findings: [] });
});
