import type { GroupReport } from '@order-events/kafka-tools';
import type { Growth, GrowthNotes } from './growth-notes.ts';
import { requireGrowth } from './plan-growth.ts';

/** The end of each partition: the offset of the next record. */
type Ends = ReadonlyMap<number, number>;

export interface GrowthPorts {
  readonly partitionCount: () => Promise<number>;
  readonly ends: () => Promise<Ends>;
  /** Every group on the brokers. */
  readonly groups: () => Promise<readonly GroupReport[]>;
  /** Gives the topic so many partitions. */
  readonly raise: (partitions: number) => Promise<void>;
  readonly notes: GrowthNotes;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** A step that is done, for a person. */
  readonly tell: (line: string) => void;
  /** The condition that is awaited now. */
  readonly waiting: (text: string) => void;
}

export interface GrowthWish {
  readonly topic: string;
  readonly to: number;
  /** The time without writes after which producers count as stopped. */
  readonly quietMs: number;
  /** The time limit for producers and for each other step. */
  readonly patienceMs: number;
  /** Groups whose lag is not waited for. */
  readonly ignoredGroups: ReadonlySet<string>;
}

/** The result of a growth. */
export interface GrowthResult {
  readonly from: number;
  readonly to: number;
  /** Records that came in between the drain and the end of the growth: the order of their keys is not kept. */
  readonly strayRecords: number;
}

const LOOK_EVERY_MS = 1_000;

/**
 * Gives a topic more partitions so that each key keeps its order: waits until nobody writes and every group has handled all
 * there is, adds the partitions, and waits until every group has them. It may be run again after a crash at any point.
 *
 * @throws {NoGrowthError} when the topic would not get more partitions.
 * @throws {Error} when producers or groups do not get ready in time; it names them, and nothing is changed then.
 */
export async function growTopic(wish: GrowthWish, ports: GrowthPorts): Promise<GrowthResult> {
  const growth = (await unfinishedGrowth(wish, ports)) ?? (await drainAndRaise(wish, ports));
  await untilTaken(wish, ports);
  const strayRecords = countStrays(growth, await ports.ends());
  await ports.notes.write({ ...growth, doneAt: new Date(ports.now()).toISOString() });
  return { from: growth.from, to: growth.to, strayRecords };
}

/** A growth of an earlier run that had added the partitions and did not come to its end. */
async function unfinishedGrowth({ topic, to }: GrowthWish, ports: GrowthPorts): Promise<Growth | undefined> {
  const noted = await ports.notes.read();
  if (noted?.topic !== topic || noted.to !== to || noted.doneAt !== undefined) return undefined;
  if ((await ports.partitionCount()) !== to) return undefined;
  ports.tell(`An earlier run has added the ${to} partitions of ${topic}. Continuing from there.`);
  return noted;
}

async function drainAndRaise(wish: GrowthWish, ports: GrowthPorts): Promise<Growth> {
  const { topic, to } = wish;
  const from = await ports.partitionCount();
  requireGrowth(topic, from, to);
  const ends = await untilDrained(wish, ports);
  ports.tell(`Nobody writes to ${topic}, and every group has handled all records.`);
  const growth: Growth = {
    topic,
    from,
    to,
    drainedAt: new Date(ports.now()).toISOString(),
    ends: Object.fromEntries(ends),
  };
  await ports.notes.write(growth);
  await ports.raise(to);
  ports.tell(`${topic} now has ${to} partitions, and had ${from}.`);
  return growth;
}

/** @returns where the topic ends, when nobody has written for long enough and no group has lag. */
async function untilDrained(wish: GrowthWish, ports: GrowthPorts): Promise<Ends> {
  const { topic, quietMs, patienceMs } = wish;
  const giveUpAt = ports.now() + patienceMs + quietMs;
  let ends = await ports.ends();
  let quietSince = ports.now();
  for (;;) {
    const behind = groupsBehind(await ports.groups(), wish);
    // After the groups, so that what they have handled is all there is.
    const latest = await ports.ends();
    const written = total(latest) - total(ends);
    if (written > 0) [ends, quietSince] = [latest, ports.now()];
    const quietFor = ports.now() - quietSince;
    if (quietFor >= quietMs && behind.length === 0) return ends;
    const reason = quietFor < quietMs ? quietText(topic, written, quietMs - quietFor) : behindText(behind);
    ports.waiting(reason);
    if (ports.now() > giveUpAt)
      throw new Error(notReadyText(topic, { isQuiet: quietFor >= quietMs, behind }));
    await ports.pause(LOOK_EVERY_MS);
  }
}

function quietText(topic: string, written: number, leftMs: number): string {
  return written > 0
    ? `Somebody still writes to ${topic} (${written} new records): stop the producers`
    : `Waiting for ${Math.ceil(leftMs / 1_000)} s more without new records on ${topic}`;
}

/** The records of the topic that a group has not read. */
interface GroupBehind {
  readonly groupId: string;
  readonly members: number;
  /** Undefined where it is not known. */
  readonly lag: number | undefined;
}

function groupsBehind(
  groups: readonly GroupReport[],
  { topic, ignoredGroups }: GrowthWish,
): readonly GroupBehind[] {
  return groups
    .filter(({ groupId }) => !ignoredGroups.has(groupId))
    .flatMap(({ groupId, members, partitions }) => {
      const lags = partitions.flatMap((one) => (one.topic === topic ? [one.lag] : []));
      const known = lags.filter((lag) => lag.kind === 'known');
      const lag = known.reduce((sum, one) => sum + one.lag, 0);
      if (lag === 0 && known.length === lags.length) return [];
      return [{ groupId, members: members.length, lag: known.length === lags.length ? lag : undefined }];
    });
}

function behindText(behind: readonly GroupBehind[]): string {
  return `Waiting for lag 0: ${behind.map(({ groupId, lag }) => `${groupId} ${lag ?? 'unknown'}`).join(', ')}`;
}

function notReadyText(
  topic: string,
  { isQuiet, behind }: { readonly isQuiet: boolean; readonly behind: readonly GroupBehind[] },
): string {
  const problems = [
    ...(isQuiet ? [] : [`Somebody still writes to ${topic}: stop the producers.`]),
    ...behind.map(({ groupId, members, lag }) =>
      members === 0
        ? `${groupId} has lag ${lag ?? 'unknown'} and no members: resume its mapping (orders mappings resume), or ignore the ` +
          `group with --ignore-group ${groupId}.`
        : `${groupId} has lag ${lag ?? 'unknown'}: find out why it does not reach the end (orders status).`,
    ),
  ];
  return `${topic} was not changed, because keys would lose their order:\n  ${problems.join('\n  ')}\nThen run the command again.`;
}

/** Waits until every group with members has all partitions between them, so that none of them begins behind a record. */
async function untilTaken({ topic, to, patienceMs }: GrowthWish, ports: GrowthPorts): Promise<void> {
  const giveUpAt = ports.now() + patienceMs;
  for (;;) {
    const late = (await ports.groups()).filter(
      (group) => reads(topic, group) && partitionsTaken(topic, group) < to,
    );
    if (late.length === 0) return;
    const names = late
      .map((group) => `${group.groupId} ${partitionsTaken(topic, group)} of ${to}`)
      .join(', ');
    ports.waiting(`Waiting until these groups have the new partitions: ${names}`);
    if (ports.now() > giveUpAt) {
      throw new Error(
        `${topic} now has ${to} partitions, but these groups do not have the new ones yet: ${names}. Keep the producers stopped, ` +
          'look at those groups (orders status), and run the command again: it continues from here.',
      );
    }
    await ports.pause(LOOK_EVERY_MS);
  }
}

function reads(topic: string, { members, partitions }: GroupReport): boolean {
  return members.length > 0 && partitions.some((one) => one.topic === topic);
}

function partitionsTaken(topic: string, { members }: GroupReport): number {
  return members
    .flatMap(({ partitions }) => partitions)
    .filter((one) => one.topic === topic)
    .reduce((sum, one) => sum + one.partitions.length, 0);
}

function countStrays({ ends: noted }: Growth, ends: Ends): number {
  return [...ends].reduce((sum, [partition, end]) => sum + end - (noted[partition] ?? 0), 0);
}

function total(ends: Ends): number {
  return [...ends.values()].reduce((sum, end) => sum + end, 0);
}
