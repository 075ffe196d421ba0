import { topology } from '../../../lib/topology/topology.ts';
import { SERVICE_NAMES } from '../../../cli/drill/proxy/services.ts';
import { below } from '../../../cli/drill/world/random.ts';
import type { World } from '../../../cli/drill/world/world.ts';
import type { Scenario, Timing } from './scenario.ts';

const GROUPS: readonly string[] = topology.consumers.map(({ consumerGroupId }) => consumerGroupId);

/** A time above the session timeout of the group. */
const FREEZE_MS = 20_000;
const DOWN_MS = 5_000;
const BETWEEN_CHANGES_MS = 4_000;
const BETWEEN_KILLS_MS = 1_500;

/** The faults of brokers, pollers and functions. */
export const processScenarios: readonly Scenario[] = [
  { name: 'calm', story: 'Nothing happens.', disturb: (_world, { pause }) => pause(0) },
  {
    name: 'broker-freeze',
    story: 'The broker freezes for 20 s, and again after some seconds.',
    disturb: async (world, { pause }) => {
      for (let times = 0; times < 2; times += 1) {
        await pause(BETWEEN_CHANGES_MS);
        world.disturbed += 1;
        world.broker.freeze();
        await pause(FREEZE_MS);
        world.broker.thaw();
      }
    },
  },
  {
    name: 'broker-restart',
    story: 'The broker is stopped cleanly and started again, twice.',
    disturb: (world, timing) => restartBroker(world, timing, 'stop'),
  },
  {
    name: 'broker-kill',
    story: 'The broker is ended by kill -9 and started again, twice.',
    disturb: (world, timing) => restartBroker(world, timing, 'kill'),
  },
  {
    name: 'poller-changes',
    story: 'The number of pollers of each group goes up and down, through 0.',
    disturb: async (world, { pause }) => {
      for (const count of [3, 1, 6, 0, 2]) {
        await Promise.all(GROUPS.map((group) => world.setPollers(group, count)));
        await pause(BETWEEN_CHANGES_MS);
      }
      await Promise.all(GROUPS.map((group) => world.setPollers(group, null)));
    },
  },
  {
    name: 'kill-pollers',
    story: 'Pollers, two in each group, are ended by kill -9 at moments that chance decides.',
    disturb: async (world, timing) => {
      await Promise.all(GROUPS.map((group) => world.setPollers(group, 2)));
      await killAtRandom(world, timing, 'poller');
      await Promise.all(GROUPS.map((group) => world.setPollers(group, null)));
    },
  },
  {
    name: 'kill-functions',
    story: 'Execution environments are ended by kill -9 at moments that chance decides.',
    disturb: (world, timing) => killAtRandom(world, timing, 'function'),
  },
  {
    name: 'burst',
    story: 'Four times as many orders come in at once.',
    orderFactor: 4,
    isBurst: true,
    disturb: (_world, { pause }) => pause(0),
  },
  {
    name: 'burst-into-outage',
    story: 'Four times as many orders come in at once while every service refuses connections.',
    orderFactor: 4,
    isBurst: true,
    disturb: async ({ proxy }, { faultMs, pause }) => {
      await proxy.refuse(SERVICE_NAMES);
      await pause(faultMs);
      await proxy.heal();
    },
  },
  {
    name: 'everything',
    story:
      'A tenth of the answers is lost, a tenth of the sends is throttled, pollers change and functions are killed.',
    disturb: async (world, timing) => {
      world.proxy.spoil(['dynamodb', 'sqs'], { kind: 'lostAnswer', share: 0.1 });
      world.proxy.spoil(['ses', 'sns'], { kind: 'throttle', share: 0.1 });
      await Promise.all(GROUPS.map((group) => world.setPollers(group, 3)));
      await killAtRandom(world, timing, 'function');
      await Promise.all(GROUPS.map((group) => world.setPollers(group, null)));
      await world.proxy.heal();
    },
  },
];

async function restartBroker(world: World, { pause }: Timing, how: 'stop' | 'kill'): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    await pause(BETWEEN_CHANGES_MS);
    world.disturbed += 1;
    await world.broker.restart(how, () => pause(DOWN_MS));
  }
}

async function killAtRandom(
  world: World,
  { faultMs, pause }: Timing,
  kind: 'poller' | 'function',
): Promise<void> {
  const kills = Math.max(1, Math.floor(faultMs / BETWEEN_KILLS_MS));
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(BETWEEN_KILLS_MS / 2 + below(world.random, BETWEEN_KILLS_MS));
    await world.kill(kind);
  }
}
