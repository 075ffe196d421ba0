import * as fc from 'fast-check';
import type { FunctionCall } from '../../../../local/event-source-mapping/batch/function-call.ts';
import type { InvocationResult } from '../../../../local/event-source-mapping/retry/invocation-result.ts';
import type { ModelAnswer } from './reference-model.ts';
import type { CommitFate } from './simulated-group.ts';
import {
  type GivenAnswer,
  type NewRecord,
  PARTITIONS,
  type SimulatedMapping,
  type SimulatedPoller,
  type SimulatedSettings,
  TOPIC,
} from './simulated-mapping.ts';
import { settle } from './virtual-time.ts';

/** What a function may do with an event; `places` pick the records that a partial answer lists. */
export type Answer =
  | { readonly kind: 'success'; readonly payload: string }
  | { readonly kind: 'functionError' }
  | { readonly kind: 'malformed'; readonly payload: string }
  | { readonly kind: 'listed'; readonly places: readonly number[] }
  | { readonly kind: 'throttled' | 'unreachable' };

/** One thing that happens. Numbers that pick one of several are taken modulo how many there are. */
export type Step =
  | { readonly do: 'produce'; readonly record: NewRecord; readonly times: number }
  /** A poller's client polls: it sends a heartbeat and fetches; or it only fetches, unaware of any rebalance. */
  | { readonly do: 'poll' | 'fetch'; readonly poller: number; readonly most: number }
  | { readonly do: 'answer'; readonly call: number; readonly answer: Answer }
  | { readonly do: 'deliver'; readonly send: number; readonly succeeds: boolean }
  | { readonly do: 'commit'; readonly commit: number; readonly fate: CommitFate }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'join' | 'shuffle'; readonly shift: number }
  /** The process is killed, or the group lets a member go that does not know it yet. */
  | { readonly do: 'kill' | 'lose'; readonly poller: number; readonly shift: number }
  | { readonly do: 'heartbeat' | 'stop'; readonly poller: number };

const CALL: FunctionCall = { requestId: 'r', statusCode: 200, executedVersion: '$LATEST' };
const MOST_POLLERS = 3;

const pick = fc.nat({ max: 11 });
const fates = fc.constantFrom<CommitFate>('arrives', 'arrives', 'arrives', 'requestLost', 'answerLost');

const answers: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('success' as const),
      payload: fc.constantFrom('null', '{}', '', '{"batchItemFailures":[]}', '{"batchItemFailures":null}'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'functionError' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('listed' as const),
      places: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('malformed' as const),
      payload: fc.constantFrom(
        'not JSON',
        '[]',
        '"ok"',
        '{"batchItemFailures":"all"}',
        '{"batchItemFailures":[{"itemIdentifier":"orders-0:1"}]}',
        '{"batchItemFailures":[{"itemIdentifier":{"partition":"orders-9","offset":0}}]}',
        '{"batchItemFailures":[{"itemIdentifier":{"partition":"orders-0","offset":"0"}}]}',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('throttled' as const, 'unreachable' as const) }),
  },
);

const records: fc.Arbitrary<NewRecord> = fc.record({
  partition: fc.nat({ max: PARTITIONS - 1 }),
  nature: fc.constantFrom(
    'plain',
    'plain',
    'plain',
    'plain',
    'plain',
    'plain',
    'filtered',
    'filtered',
    'oversize',
  ),
  ageMs: fc.constantFrom(0, 0, 0, 0, 0, 30_000, 59_000, 61_000),
  gap: fc.constantFrom(0, 0, 0, 1, 3),
});

/** The weights keep a mapping busy: most of what happens is what happens all day. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: stepOf('produce', { record: records, times: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 24, arbitrary: stepOf('poll', { poller: pick, most: fc.integer({ min: 1, max: 8 }) }) },
    { weight: 2, arbitrary: stepOf('fetch', { poller: pick, most: fc.integer({ min: 1, max: 8 }) }) },
    { weight: 20, arbitrary: stepOf('answer', { call: pick, answer: answers }) },
    { weight: 6, arbitrary: stepOf('deliver', { send: pick, succeeds: fc.boolean() }) },
    { weight: 16, arbitrary: stepOf('commit', { commit: pick, fate: fates }) },
    { weight: 4, arbitrary: stepOf('pass', { ms: fc.constantFrom(1, 100, 500, 1_000, 35_000) }) },
    { weight: 6, arbitrary: stepOf('join', { shift: pick }) },
    { weight: 2, arbitrary: stepOf('shuffle', { shift: pick }) },
    { weight: 3, arbitrary: stepOf('heartbeat', { poller: pick }) },
    { weight: 1, arbitrary: stepOf('kill', { poller: pick, shift: pick }) },
    { weight: 1, arbitrary: stepOf('lose', { poller: pick, shift: pick }) },
    { weight: 1, arbitrary: stepOf('stop', { poller: pick }) },
  ),
  { minLength: 1, maxLength: 250, size: 'max' },
);

function stepOf<Name extends Step['do'], Rest extends object>(
  name: Name,
  rest: { readonly [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
): fc.Arbitrary<{ readonly do: Name } & Rest> {
  return fc.record(rest).map((values) => Object.assign({ do: name }, values as Rest));
}

export const settings: fc.Arbitrary<SimulatedSettings> = fc.record({
  slots: fc.integer({ min: 1, max: 3 }),
  batchSize: fc.integer({ min: 1, max: 6 }),
  windowMs: fc.constantFrom(0, 500),
  readAhead: fc.integer({ min: 1, max: 12 }),
  retries: fc.constantFrom(0, 1, 2, 'unlimited' as const),
  maximumAgeMs: fc.constantFrom('unlimited' as const, 60_000),
  bisects: fc.boolean(),
  bisectUsesRetries: fc.boolean(),
  bisectsPartial: fc.boolean(),
  rewinds: fc.boolean(),
  commitWhenAllFiltered: fc.boolean(),
  holdPartition: fc.boolean(),
  hasSmallEvents: fc.boolean(),
});

/** Lets one thing happen, and all that follows from it without time or an answer. */
export async function take(step: Step, mapping: SimulatedMapping): Promise<void> {
  await begin(step, mapping);
  await settle();
}

async function begin(step: Step, mapping: SimulatedMapping): Promise<void> {
  switch (step.do) {
    case 'produce':
      for (let count = 0; count < step.times; count += 1) mapping.produce(step.record);
      return;
    case 'answer':
      chosen(mapping.calls, step.call, (call) => {
        call.answer(given(step.answer, call.coordinates));
      });
      return;
    case 'deliver':
      chosen(mapping.sends, step.send, (send) => {
        send.answer(
          step.succeeds ? { kind: 'delivered' } : { kind: 'failed', error: new Error('no such queue') },
        );
      });
      return;
    case 'commit':
      chosen(mapping.commits, step.commit, (commit) => {
        commit(step.fate);
      });
      return;
    case 'pass':
      await mapping.time.advance(step.ms);
      return;
    case 'join':
      if (mapping.pollers.length < MOST_POLLERS) await mapping.join(step.shift);
      return;
    case 'shuffle':
      mapping.group.rebalance(mapping.group.members, step.shift);
      return;
    case 'poll':
    case 'fetch':
    case 'heartbeat':
    case 'kill':
    case 'lose':
    case 'stop':
      chosen(mapping.pollers, step.poller, (poller) => {
        happenTo(poller, step, mapping);
      });
  }
}

type PollerStep = Extract<Step, { readonly poller: number }>;

function happenTo(poller: SimulatedPoller, step: PollerStep, mapping: SimulatedMapping): void {
  switch (step.do) {
    case 'poll':
      mapping.heartbeat(poller);
      poller.member.fetch(step.most);
      return;
    case 'fetch':
      poller.member.fetch(step.most);
      return;
    case 'heartbeat':
      mapping.heartbeat(poller);
      return;
    case 'kill':
      mapping.kill(poller, step.shift);
      return;
    case 'lose':
      mapping.group.leave(poller.member, step.shift);
      return;
    case 'stop':
      void mapping.stop(poller);
  }
}

function chosen<T>(all: readonly T[], number: number, act: (one: T) => void): void {
  const one = all[number % Math.max(1, all.length)];
  if (one !== undefined) act(one);
}

/** Gives every poller, call, commit and message what it waits for until nothing is left to do. */
export async function drain(mapping: SimulatedMapping): Promise<void> {
  await mapping.join(0);
  const rounds = 50 + 3 * mapping.group.logs.flat().length;
  for (let round = 0; round < rounds && !mapping.isDone; round += 1) {
    for (const poller of mapping.pollers) {
      mapping.heartbeat(poller);
      await settle();
      poller.member.fetch(20);
      await settle();
    }
    for (const call of mapping.calls)
      call.answer(given({ kind: 'success', payload: '{}' }, call.coordinates));
    for (const send of mapping.sends) send.answer({ kind: 'delivered' });
    for (const commit of mapping.commits) commit('arrives');
    await settle();
    await mapping.time.advance(1_000);
  }
}

function given(answer: Answer, coordinates: readonly (readonly [number, number])[]): GivenAnswer {
  switch (answer.kind) {
    case 'success':
      return { result: returned(answer.payload), meaning: { kind: 'success' } };
    case 'malformed':
      return { result: returned(answer.payload), meaning: { kind: 'failure' } };
    case 'functionError':
      return {
        result: { kind: 'functionError', call: { ...CALL, functionError: 'Unhandled' }, message: 'boom' },
        meaning: { kind: 'failure' },
      };
    case 'listed':
      return list(
        answer.places.map((place) => place % coordinates.length),
        coordinates,
      );
    case 'throttled':
    case 'unreachable':
      return { result: { kind: answer.kind, message: 'later' }, meaning: { kind: 'notReached' } };
  }
}

function list(places: readonly number[], coordinates: readonly (readonly [number, number])[]): GivenAnswer {
  const meaning: ModelAnswer = { kind: 'listed', listed: places };
  const batchItemFailures = places.flatMap((place) => {
    const [partition, offset] = coordinates[place] ?? [];
    return [{ itemIdentifier: { partition: `${TOPIC}-${partition}`, offset } }];
  });
  return { result: returned(JSON.stringify({ batchItemFailures })), meaning };
}

function returned(payload: string): InvocationResult {
  return { kind: 'returned', call: CALL, payload };
}
