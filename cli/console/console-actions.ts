import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readGroups } from '@order-events/kafka-tools';
import { controlClient } from '#msk-local/environment/control/control-client.ts';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import type { ConsoleActions, PoisonKind } from '../../console/experiments/actions.ts';
import { joinFromOutside } from '../../console/experiments/outside-consumer.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { generateOrders } from '../orders/order-generator.ts';
import { eventRecords } from '../produce/event-records.ts';
import { withOrderSender } from '../produce/order-sender.ts';
import { newRun } from '../produce/records-to-send.ts';
import { sendRecords, type Clock } from '../produce/send-records.ts';
import { growTopic } from '../topics/grow-topic.ts';
import { growthPorts } from '../topics/growth-ports.ts';

const RETRIES = 5;
/** Short, so that its partitions move soon after it has left. */
const OUTSIDE_SESSION_MS = 6_000;

/** Nobody but the console's own button is expected to write. */
const QUIET_MS = 3_000;
const GROWTH_PATIENCE_MS = 60_000;

const clock: Clock = {
  now: () => performance.now(),
  sleep: async (ms) => {
    await sleep(ms);
  },
};

/** Returns the actions of the console's buttons on the local environment. */
export function consoleActions(environment: EnvironmentDescription, target: Target): ConsoleActions {
  const control = controlClient(environment);
  const topic = target.outputs.topicName;
  return {
    produce: async ({ count, ratePerSecond }, progress) => {
      const orders = generateOrders({ run: newRun(), count, now: () => new Date() });
      await withOrderSender(target, RETRIES, (sender) =>
        sendRecords(eventRecords(orders), sender, { ratePerSecond, clock }, progress),
      );
    },
    poison: async (kind) => {
      const key = `poison-${randomBytes(4).toString('hex')}`;
      await withOrderSender(target, RETRIES, (sender) =>
        sender.send([{ key, value: poisonValue(kind, key) }]),
      );
      return key;
    },
    setPollers: async (group, count) => {
      await control.setPollers(group, count);
    },
    killPoller: (group, pid) => control.killPoller(group, pid),
    disturb: (group, { delayMs, storeIsGone, forMs }) =>
      control.disturb(group, { delayMs, unreachable: storeIsGone ? ['DYNAMODB'] : [], forMs }),
    joinFromOutside: (group) =>
      joinFromOutside({
        brokers: target.brokers.brokers,
        topic,
        groupId: group,
        clientId: 'outside-consumer',
        sessionTimeoutMs: OUTSIDE_SESSION_MS,
        // The group's own members read it again.
        commits: false,
        onRecord: () => undefined,
      }),
    growTopic: (partitions, progress) => growForConsole(target, partitions, progress),
  };
}

/** Does what `orders topics grow` does. Groups from outside may never get to the end: nobody waits for those. */
async function growForConsole(target: Target, to: number, progress: (text: string) => void): Promise<void> {
  const own = new Set<string>(topology.consumers.map(({ consumerGroupId }) => consumerGroupId));
  const groups = (await readGroups(await target.kafka())).map(({ groupId }) => groupId);
  const ports = await growthPorts(target, { tell: progress, waiting: progress });
  await growTopic(
    {
      topic: target.outputs.topicName,
      to,
      quietMs: QUIET_MS,
      patienceMs: GROWTH_PATIENCE_MS,
      ignoredGroups: new Set(groups.filter((groupId) => !own.has(groupId))),
    },
    ports,
  );
}

/** Each can never succeed, for another reason: more decimals than a dollar has, no JSON, JSON of another shape. */
function poisonValue(kind: PoisonKind, key: string): string {
  switch (kind) {
    case 'amount':
      return JSON.stringify({ order_id: key, amount: 10.005 });
    case 'not-json':
      return '{"order_id": ';
    case 'wrong-shape':
      return JSON.stringify({ hello: 'world' });
  }
}
