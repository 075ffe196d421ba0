import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addPartitions, partitionCount, withAdmin } from '@order-events/kafka-tools';
import { controlClient } from '#msk-local/environment/control/control-client.ts';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import type { ConsoleActions, PoisonKind } from '../../console/experiments/actions.ts';
import { joinFromOutside } from '../../console/experiments/outside-consumer.ts';
import type { Target } from '../connection/target.ts';
import { generateOrders } from '../orders/order-generator.ts';
import { eventRecords } from '../produce/event-records.ts';
import { withOrderSender } from '../produce/order-sender.ts';
import { newRun } from '../produce/records-to-send.ts';
import { sendRecords, type Clock } from '../produce/send-records.ts';

const RETRIES = 5;
/** Short, so that its partitions move soon after it has left. */
const OUTSIDE_SESSION_MS = 6_000;

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
    growTopic: async (partitions) => {
      await withAdmin(await target.kafka(), async (admin) => {
        const present = await partitionCount(admin, topic);
        if (partitions <= present) {
          throw new Error(
            `The topic has ${present} partitions: it can grow to more, and Kafka cannot shrink it.`,
          );
        }
        await addPartitions(admin, topic, partitions);
      });
    },
  };
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
