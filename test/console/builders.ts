import type { GroupReport, OffsetLag, TopicReader, TopicRecord } from '@order-events/kafka-tools';
import type { ConsoleActions } from '../../console/experiments/actions.ts';
import type { LetterActions } from '../../console/failures/actions.ts';
import { Failures } from '../../console/failures/failures.ts';
import type { LetterView } from '../../console/model/failures.ts';
import type { ConsoleSources, LetterSources } from '../../console/ports.ts';
import type { CallReport } from '../../local/environment/control/call-report.ts';
import type { MappingReport } from '../../local/environment/control/mapping-report.ts';

export const TOPIC = 'order-events';

export function aLag(over: Partial<Extract<OffsetLag, { kind: 'known' }>> = {}): OffsetLag {
  return { kind: 'known', lag: 0, expired: 0, committed: 10, start: 0, end: 10, ...over };
}

interface GroupShape {
  readonly groupId?: string;
  readonly state?: string;
  /** The partitions of each member, by its client id. */
  readonly members?: Readonly<Record<string, readonly number[]>>;
  /** The lag of each partition; default: three partitions without any. */
  readonly lags?: readonly OffsetLag[];
  readonly topic?: string;
}

/** A group as the brokers describe it; a member's id is its client id with an ending. */
export function aGroupReport({
  groupId = 'billing-group',
  state = 'Stable',
  members = { 'event-poller-1': [0, 1, 2] },
  lags = [aLag(), aLag(), aLag()],
  topic = TOPIC,
}: GroupShape = {}): GroupReport {
  const owners = Object.entries(members);
  return {
    groupId,
    state,
    lag: { kind: 'known', lag: 0 },
    members: owners.map(([clientId, partitions]) => ({
      memberId: memberIdOf(clientId),
      clientId,
      host: '127.0.0.1',
      partitions: partitions.length === 0 ? [] : [{ topic, partitions }],
    })),
    partitions: lags.map((lag, partition) => {
      const owner = owners.find(([, partitions]) => partitions.includes(partition));
      return { topic, partition, memberId: owner && memberIdOf(owner[0]), lag };
    }),
  };
}

export const memberIdOf = (clientId: string): string => `${clientId}-11111111-2222-3333-4444-555555555555`;

export function aMapping(over: Partial<MappingReport> = {}): MappingReport {
  return {
    uuid: 'u',
    functionName: 'billing',
    consumerGroupId: 'billing-group',
    topic: TOPIC,
    state: 'Enabled',
    lastProcessingResult: 'OK',
    generationId: 1,
    givenUp: { delivered: 0, dropped: 0 },
    pollers: [{ pid: 1, memberId: memberIdOf('event-poller-1'), partitions: [0, 1, 2], recordsInvoked: 0 }],
    ...over,
  };
}

export function aCall(over: Partial<CallReport> = {}): CallReport {
  return {
    consumerGroupId: 'billing-group',
    functionName: 'billing',
    pid: 1,
    number: 1,
    startedAt: 1_000,
    attempt: 1,
    partitions: [{ partition: 0, firstOffset: 0, lastOffset: 4, records: 5 }],
    revision: 1,
    ...over,
  };
}

/** What the console reads, without an environment. */
export function fakeSources(over: Partial<ConsoleSources> = {}): ConsoleSources {
  return {
    topic: TOPIC,
    groups: () => Promise.resolve([aGroupReport()]),
    mappings: () => Promise.resolve([aMapping()]),
    callsSince: (revision) => Promise.resolve({ calls: [], revision }),
    records: fakeReader([]),
    effects: () => Promise.resolve([]),
    letters: fakeLetters(),
    alarms: () => Promise.resolve({ alarms: [], changes: [] }),
    findings: () => Promise.resolve([]),
    ...over,
  };
}

/** A topic of three partitions with these records; each partition begins at offset 0. */
export function fakeReader(
  records: readonly Pick<TopicRecord, 'partition' | 'offset' | 'key' | 'value'>[],
  noteRead: (from: number, to: number) => void = () => undefined,
): TopicReader {
  const endOf = (partition: number): number =>
    Math.max(0, ...records.filter((one) => one.partition === partition).map(({ offset }) => offset + 1));
  return {
    bounds: () =>
      Promise.resolve(
        new Map([0, 1, 2].map((partition) => [partition, { start: 0, end: endOf(partition) }])),
      ),
    offsetsAt: () => Promise.resolve(new Map()),
    read: async function* read(partition, from, to) {
      noteRead(from, to);
      await Promise.resolve();
      for (const record of records) {
        if (record.partition !== partition || record.offset < from || record.offset >= to) continue;
        yield {
          topic: TOPIC,
          timestamp: record.offset,
          timestampType: 'CREATE_TIME',
          headers: [],
          ...record,
        };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Actions that do nothing but note what they were asked for. */
export function fakeActions(done: string[] = []): ConsoleActions {
  const note = (text: string): Promise<void> => {
    done.push(text);
    return Promise.resolve();
  };
  return {
    produce: ({ count, ratePerSecond }) => note(`produce ${count} at ${ratePerSecond ?? 'any rate'}`),
    poison: async (kind) => {
      await note(`poison ${kind}`);
      return 'poison-1';
    },
    setPollers: (group, count) => note(`pollers ${group} ${count ?? 'auto'}`),
    killPoller: (group, pid) => note(`kill ${group} ${pid}`),
    disturb: (group, { delayMs, storeIsGone, forMs }) =>
      note(`disturb ${group} ${delayMs} ms, store ${storeIsGone ? 'gone' : 'there'}, for ${forMs} ms`),
    joinFromOutside: async (group) => {
      await note(`join ${group}`);
      return () => note(`leave ${group}`);
    },
    growTopic: (partitions) => note(`grow to ${partitions}`),
  };
}

export function aLetter(over: Partial<LetterView> = {}): LetterView {
  return {
    id: '0:1',
    kind: 'parked',
    reason: 'event-invalid',
    partition: 0,
    offset: 1,
    orderId: 'order-1',
    firstSeen: '2026-01-01T00:00:00.000Z',
    messages: 1,
    redriven: 0,
    state: 'waiting',
    ...over,
  };
}

/** Queues of which billing's has these letters, and the others none. */
export function fakeLetters(
  rows: readonly LetterView[] = [],
  over: Partial<LetterSources> = {},
): LetterSources {
  return {
    consumers: [
      { consumer: 'billing', groupId: 'billing-group' },
      { consumer: 'inventory', groupId: 'inventory-group' },
    ],
    depths: () => Promise.resolve({ billing: rows.length, inventory: 0 }),
    list: (consumer) => {
      const own = consumer === 'billing' ? rows : [];
      return Promise.resolve({ consumer, rows: own, moreRows: 0, messages: own.length, withOthers: 0 });
    },
    show: (_consumer, id) => Promise.resolve({ row: aLetter({ id }), records: [], moreRecords: false }),
    journal: () => Promise.resolve({ entries: [] }),
    ...over,
  };
}

/** Work on dead letters that does nothing but note what it was asked for. */
export function fakeLetterActions(done: string[] = []): LetterActions {
  const note =
    (work: string): LetterActions['redrive'] =>
    (consumer, choice) => {
      done.push(`${work} ${consumer} ${JSON.stringify(choice)}`);
      return Promise.resolve({ text: `${work} of ${consumer} is done` });
    };
  return { rehearse: note('rehearse'), redrive: note('redrive') };
}

/** The dead letters of these queues, with nobody who hears of changes. */
export function fakeFailures(sources: LetterSources = fakeLetters()): Failures {
  return new Failures({ sources, actions: fakeLetterActions(), changed: () => undefined, now: () => 0 });
}
