import { healthy, type Conditions } from '../world/conditions.ts';
import type { ConsumerWorld } from '../world/consumer-world.ts';

/** What befalls one consumer, minute by minute, and what must come of it. */
export interface Series {
  readonly id: string;
  readonly story: string;
  /** Minutes that are replayed. */
  readonly minutes: number;
  /** The conditions of a minute; those left out are healthy. */
  readonly during: (minute: number) => Partial<Conditions>;
  /** The conditions of all groups in a minute, beside the arrivals; none when left out. */
  readonly everywhere?: (minute: number) => Partial<Conditions>;
  /** Changes the topic or the group by hand at the beginning of a minute; epoch milliseconds of its end. */
  readonly byHand?: (world: ConsumerWorld, minute: number, end: number) => void;
  /** The time before: nothing after the first minutes, or the consumer was never started. A healthy topic when left out. */
  readonly history?: 'idle' | 'never started';
  readonly must: Quiet | Page;
}

export interface Quiet {
  readonly kind: 'quiet';
}

export interface Page {
  readonly kind: 'page';
  /** Minutes from the beginning of the first bad minute to the page. */
  readonly within: number;
  /** Alarms that must be in ALARM by then, one at least. */
  readonly by: readonly string[];
  /** The oldest record that waits, in seconds, from which on it is bad; the beginning when left out. */
  readonly badFromAge?: 'time-lag threshold';
}

const QUIET: Quiet = { kind: 'quiet' };
const HOUR = 60;
const IDLE = { arrivals: 0 };
const DEAD = { polls: false, groupState: 'Empty' } as const;

/** Series on which no alarm may page. */
const good: readonly Series[] = [
  { id: 'G1', story: 'steady', minutes: HOUR, during: () => ({}), must: QUIET },
  {
    id: 'G2',
    story: 'ten times the usual for a minute, drained within five',
    minutes: HOUR,
    during: (minute) => ({
      capacity: minute < 6 ? 1_500 : healthy.capacity,
      ...(minute === 0 ? { arrivals: 10 * healthy.arrivals } : {}),
    }),
    must: QUIET,
  },
  {
    id: 'G3',
    story: 'a rolling deployment: nobody reads for three minutes',
    minutes: HOUR,
    during: (minute) => (minute < 3 ? DEAD : {}),
    must: QUIET,
  },
  { id: 'G4', story: 'an empty topic overnight', minutes: 8 * HOUR, during: () => IDLE, must: QUIET },
  {
    id: 'G5',
    story: 'flapping around half of the threshold',
    minutes: 2 * HOUR,
    during: (minute) => (minute % 3 === 2 ? {} : { capacity: 0 }),
    must: QUIET,
  },
  {
    id: 'G6',
    story: 'an idle topic whose retention passes the committed offset',
    minutes: 2 * HOUR,
    during: () => IDLE,
    history: 'idle',
    byHand: ({ partitions }, minute, end) => {
      if (minute > 0) return;
      for (const partition of partitions) {
        partition.write(3, end);
        partition.start = partition.end;
      }
    },
    must: QUIET,
  },
  {
    id: 'G7',
    story: 'sparse metrics, one breach among gaps',
    minutes: 2 * HOUR,
    during: (minute) => ({
      arrivals: minute % 20 === 0 ? 12 : 0,
      errors: minute === 40 ? 1 : 0,
      pollingErrors: minute === 61 ? 1 : 0,
    }),
    history: 'idle',
    must: QUIET,
  },
];

/** A series that must page. */
function bad(series: Omit<Series, 'minutes' | 'must'> & Omit<Page, 'kind'>): Series {
  const { within, by, badFromAge, ...rest } = series;
  const must = { kind: 'page', within, by, ...(badFromAge === undefined ? {} : { badFromAge }) } as const;
  return { ...rest, minutes: badFromAge === undefined ? within : HOUR, must };
}

/** Series on which an alarm must page within the bound. */
const badSeries: readonly Series[] = [
  bad({
    id: 'B1',
    story: 'the consumer is dead: the group is empty and the lag grows',
    during: () => DEAD,
    within: 6,
    by: ['no-progress', 'time-lag'],
  }),
  bad({
    id: 'B2',
    story: 'poison stalls one of twelve partitions, which the sum hides',
    during: () => ({ stuck: [4] }),
    within: 8,
    by: ['no-progress', 'time-lag'],
  }),
  bad({
    id: 'B3',
    story: 'a slow leak: one percent more arrives every minute',
    during: (minute) => ({
      arrivals: Math.round(healthy.arrivals * 1.01 ** minute),
      capacity: healthy.arrivals,
    }),
    within: 6,
    by: ['time-lag', 'budget-burns-fast'],
    badFromAge: 'time-lag threshold',
  }),
  bad({
    id: 'B4',
    story: 'never started: no metric of the mapping or the group at all',
    during: () => DEAD,
    history: 'never started',
    within: 8,
    by: ['poller-dead', 'lag-silent'],
  }),
  bad({
    id: 'B5',
    story: 'a rebalance storm: the lag metric is absent',
    during: () => ({ groupState: 'PreparingRebalance', capacity: 0 }),
    within: 8,
    by: ['lag-silent'],
  }),
  bad({
    id: 'B6',
    story: 'offsets moved back',
    during: () => ({}),
    byHand: ({ partitions }, minute) => {
      if (minute > 0) return;
      for (const partition of partitions)
        partition.committed = Math.max(0, (partition.committed ?? 0) - 1_000);
    },
    within: 6,
    by: ['offsets-moved-back', 'time-lag'],
  }),
  bad({
    id: 'B7',
    story: 'offsets jumped forward: the lag falls to 0',
    during: () => ({}),
    byHand: ({ partitions }, minute, end) => {
      if (minute > 0) return;
      for (const partition of partitions) {
        partition.write(1_000, end - 60_000);
        partition.committed = partition.end;
      }
    },
    within: 20,
    by: ['offsets-jumped-ahead'],
  }),
  bad({
    id: 'B8',
    story: 'one stuck record on a quiet topic: offset lag 1',
    during: () => ({ arrivals: 0, stuck: [3] }),
    history: 'idle',
    byHand: ({ partitions }, minute, end) => {
      if (minute === 0) partitions[3]?.write(1, end - 30_000);
    },
    within: 10,
    by: ['no-progress', 'time-lag'],
  }),
  bad({
    id: 'B9',
    story: 'the oldest record has used more than half of its retention',
    during: () => ({ capacity: healthy.arrivals }),
    byHand: ({ partitions }, minute, end) => {
      if (minute > 0) return;
      for (const partition of partitions) partition.write(10_000, end - 85 * 3_600_000);
    },
    within: 5,
    by: ['retention-at-risk'],
  }),
  bad({
    id: 'B10',
    story: 'a record arrives in the dead-letter queue',
    during: (minute) => ({ deadLettersSent: minute === 0 ? 1 : 0 }),
    within: 2,
    by: ['dead-letters'],
  }),
  bad({
    id: 'B11',
    story: 'the dead-letter queue cannot be written',
    during: (minute) => (minute === 0 ? { deliveriesFailed: 1, recordsDropped: 5 } : {}),
    within: 3,
    by: ['failed-deliveries', 'records-dropped'],
  }),
  bad({
    id: 'B12',
    story: 'the mapping is disabled on a quiet topic',
    during: () => ({ ...DEAD, ...IDLE }),
    within: 8,
    by: ['poller-dead'],
  }),
  bad({
    id: 'B13',
    story: 'the publisher of all lag metrics is dead',
    during: () => ({}),
    everywhere: () => ({ lagPublished: false }),
    within: 8,
    by: ['lag-silent'],
  }),
  bad({
    id: 'B14',
    story: "the group's metric vanishes while records arrive",
    during: () => ({ lagPublished: false }),
    within: 8,
    by: ['lag-silent'],
  }),
  bad({
    id: 'B15',
    story: 'the reported lag is frozen while the end offset grows',
    during: () => ({ reportedLag: 0, capacity: 0 }),
    within: 8,
    by: ['no-progress'],
  }),
  bad({
    id: 'B16',
    story: 'a stranger is in the group',
    during: () => ({ intruders: 1 }),
    within: 5,
    by: ['intruder'],
  }),
];

export const allSeries: readonly Series[] = [...good, ...badSeries];
