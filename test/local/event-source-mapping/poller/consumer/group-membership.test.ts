import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from '@jest/globals';
import { ProtocolError } from '@platformatic/kafka';
import {
  GroupMembership,
  type GroupClient,
} from '../../../../../local/event-source-mapping/poller/consumer/group-membership.ts';

let told: string[];
/** Epoch milliseconds. */
let now: number;
/** What happens to each try to join, first to last; all further ones succeed. */
let joins: (Error | null)[];
let client: EventEmitter;
let membership: GroupMembership;

beforeEach(() => {
  told = [];
  now = 0;
  joins = [];
  client = new EventEmitter();
  const consumer = Object.assign(client, {
    topics: { track: (topic: string) => told.push(`subscribe ${topic}`) },
    joinGroup: () => {
      told.push('join');
      const error = joins.shift();
      return error ? Promise.reject(error) : Promise.resolve('m');
    },
  }) as unknown as GroupClient;
  membership = new GroupMembership({
    consumer,
    listener: {
      joined: (joined) => told.push(JSON.stringify(joined)),
      rebalancing: () => told.push('rebalancing'),
      heartbeat: (generationId, sentAt) => told.push(`heartbeat ${generationId} of ${sentAt}`),
      failed: ({ message }) => told.push(`failed: ${message}`),
    },
    delay: (ms) => {
      told.push(`delay ${ms}`);
      return Promise.resolve();
    },
    now: () => now,
  });
});

/** Lets everything happen that waits for nothing from outside. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test('a member reports its assignment, of its own topic only', () => {
  membership.join('orders');

  client.emit('consumer:group:join', {
    groupId: 'g',
    memberId: 'm',
    generationId: 3,
    isLeader: true,
    assignments: [
      { topic: 'refunds', partitions: [7] },
      { topic: 'orders', partitions: [0, 1] },
    ],
  });

  expect(told).toEqual([
    'subscribe orders',
    'join',
    '{"memberId":"m","generationId":3,"isLeader":true,"partitions":[0,1]}',
  ]);
});

test('rebalances, failed heartbeats, and heartbeats with the time at which they were sent are reported', () => {
  membership.join('orders');

  now = 1_000;
  client.emit('consumer:heartbeat:start', { generationId: 3 });
  now = 1_500;
  client.emit('consumer:heartbeat:end', { generationId: 3 });
  client.emit('consumer:heartbeat:error', { error: new Error('lost') });
  client.emit('consumer:group:rebalance', { groupId: 'g' });

  expect(told.slice(2)).toEqual(['heartbeat 3 of 1000', 'failed: lost', 'rebalancing']);
});

test('a failed join is reported, and retried after a while', async () => {
  joins = [new Error('no broker')];

  membership.join('orders');
  await settle();

  expect(told.slice(1)).toEqual(['join', 'failed: no broker', 'delay 500', 'join']);
});

test('a group that changes meanwhile is joined again at once, as the other members wait', async () => {
  joins = [new ProtocolError('REBALANCE_IN_PROGRESS')];

  membership.join('orders');
  await settle();

  expect(told.filter((line) => line.startsWith('delay') || line === 'join')).toEqual([
    'join',
    'delay 20',
    'join',
  ]);
});

test('a member that the client stopped rejoining joins again', async () => {
  membership.join('orders');
  await settle();

  client.emit('error', new Error('could not rejoin'));
  await settle();

  expect(told.slice(2)).toEqual(['failed: could not rejoin', 'join']);
});

test('a member that is joining does not join twice', async () => {
  membership.join('orders');

  membership.reassign();
  await settle();

  expect(told.filter((line) => line === 'join')).toEqual(['join']);
});

test('a member that was stopped does not join again', async () => {
  joins = [new Error('no broker')];
  membership.join('orders');

  membership.stop();
  await settle();

  expect(told.filter((line) => line === 'join')).toEqual(['join']);
});
