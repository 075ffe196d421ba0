import { expect, test } from '@jest/globals';
import { MultipleErrors, NetworkError, ProtocolError, ResponseError, UserError } from '@platformatic/kafka';
import { ConsumerHealth } from '../../../../../local/event-source-mapping/poller/consumer/consumer-health.ts';

const FETCH = 1;
const TOPIC_AUTHORIZATION_FAILED = 29;

function watching(): { readonly told: string[]; readonly health: ConsumerHealth } {
  const told: string[] = [];
  const health = new ConsumerHealth({
    failed: ({ message }) => told.push(message),
    recovered: () => told.push('recovered'),
  });
  return { told, health };
}

test('ESM-100 each failure is reported, and its end once', () => {
  const { told, health } = watching();
  const refused = new Error('connect ECONNREFUSED 127.0.0.1:9092');

  health.worked();
  health.failed(new NetworkError('Connection error', { cause: refused }));
  health.failed(new MultipleErrors('several', [new NetworkError('no'), new UserError('Unknown topic t.')]));
  health.worked();
  health.worked();

  expect(told).toEqual([
    'Connection error (connect ECONNREFUSED 127.0.0.1:9092)',
    'no; Unknown topic t.',
    'recovered',
  ]);
});

test.each([
  { answer: 'the group changes', error: new ProtocolError('REBALANCE_IN_PROGRESS') },
  { answer: 'the member is not known', error: new ProtocolError('UNKNOWN_MEMBER_ID') },
  { answer: 'a partition has another leader', error: new ProtocolError('NOT_LEADER_OR_FOLLOWER') },
  { answer: 'the coordinator is not ready', error: new ProtocolError('COORDINATOR_LOAD_IN_PROGRESS') },
])('a broker that answers that $answer is not lost', ({ error }) => {
  const { told, health } = watching();

  health.failed(error);
  health.worked();

  expect(told).toEqual([]);
});

test.each([
  { answer: 'there is no such topic', error: new ProtocolError('UNKNOWN_TOPIC_OR_PARTITION') },
  {
    answer: 'the topic may not be read',
    error: new ResponseError(FETCH, 12, { '/': [TOPIC_AUTHORIZATION_FAILED, null] }, {}),
  },
  {
    answer: 'the group has another assignor',
    error: new ProtocolError('INCONSISTENT_GROUP_PROTOCOL'),
  },
])("a broker's answer that $answer is reported", ({ error }) => {
  const { told, health } = watching();

  health.failed(error);
  health.worked();

  expect(told).toEqual([expect.stringMatching(/\w/), 'recovered']);
});

test("an error that is not a broker's answer is reported", () => {
  const { told, health } = watching();

  health.failed(new TypeError('x is not a function'));

  expect(told).toEqual(['x is not a function']);
});
