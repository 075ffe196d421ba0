import { readEvent } from './event/read-event.ts';
import { fingerprint } from './fingerprint.ts';
import { GrowthLine, type TopicGrowth } from './history/growth-line.ts';
import { History } from './history/history.ts';
import { Ledger, readLedger } from './history/ledger.ts';
import { judgeBilling } from './judge/billing.ts';
import { Fates } from './judge/fates.ts';
import { pendingFate, standingOf, type GroupEvidence } from './judge/group-evidence.ts';
import { judgeInventory } from './judge/inventory.ts';
import { NeverHandled } from './judge/never-handled.ts';
import { judgeNotifications } from './judge/notifications.ts';
import { OrdersSeen, type Sourceless } from './judge/orders-seen.ts';
import { readDeadLetters } from './letters/dead-letters.ts';
import {
  GROUP_NAMES,
  type AuditSources,
  type GroupName,
  type PartitionBounds,
  type Topic,
  type TopicRecord,
} from './ports.ts';
import { Findings } from './report/finding.ts';
import type { AuditReport, GroupReport } from './report/audit-report.ts';

export interface AuditOptions {
  /** ISO 4217 code; the currency of the shortest order's amounts. */
  readonly currency: string;
  /** Pieces by SKU before the first order, if recorded. */
  readonly initialStock?: ReadonlyMap<string, number>;
  /** E-mail sends without an answer, by order. Each allows a second e-mail. */
  readonly unansweredEmails?: ReadonlyMap<string, number>;
  /** The last increase of the topic's partitions, if recorded. */
  readonly growth?: TopicGrowth | undefined;
}

type Evidence = Readonly<Record<GroupName, GroupEvidence>>;

/**
 * Compares the produced events with their effects in each group.
 *
 * The sources are read in reverse order of their creation: committed offsets, then the topic and the queues, then the
 * effects. So a record that is handled in between counts at worst as still waiting, even on a running system.
 *
 * @throws {Error} when a source cannot be read.
 */
export async function audit(sources: AuditSources, options: AuditOptions): Promise<AuditReport> {
  const findings = new Findings();
  const growth = new GrowthLine(options.growth);
  const history = new History(growth);
  const evidence = await gatherEvidence(sources, { history, findings });
  const ledger = sources.ledger === undefined ? new Ledger() : await readLedger(sources.ledger);
  const bounds = await sources.topic.bounds();
  await readTopic(sources.topic, bounds, (record) => {
    growth.see(record);
    history.add(record, readEvent(record, options.currency));
    ledger.check(record, findings);
    for (const name of GROUP_NAMES) checkParkedContent(evidence[name], record);
  });
  const expired = ledger.close(bounds, findings);
  const sourceless: Sourceless[] = [];
  const effects = await judgeEffects(sources, evidence, sourceless, options);
  judgeTheRest(evidence, bounds);
  judgeSplitOrders(history, findings);
  await judgeSourceless(sources.topic, { bounds, sourceless, findings, currency: options.currency });
  return {
    ok: findings.total === 0,
    records: history.size,
    orders: history.orderCount,
    ledger: sources.ledger === undefined ? undefined : { acknowledged: ledger.count, expired },
    groups: Object.fromEntries(
      GROUP_NAMES.map((name) => [evidence[name].groupId, groupReport(evidence[name])]),
    ),
    ...effects,
    findings: { total: findings.total, byKind: findings.counts, list: findings.kept },
  };
}

async function gatherEvidence(
  { topic, topicName, groups }: AuditSources,
  { history, findings }: { readonly history: History; readonly findings: Findings },
): Promise<Evidence> {
  const gather = async (name: GroupName): Promise<GroupEvidence> => {
    const { groupId, letters } = groups[name];
    const committed = await topic.committed(groupId);
    return {
      groupId,
      committed,
      letters: await readDeadLetters(letters(), { topic: topicName, groupId }),
      history,
      findings,
      fates: new Fates(),
      neverHandled: new NeverHandled(),
      parkedGood: new Map(),
    };
  };
  return {
    billing: await gather('billing'),
    inventory: await gather('inventory'),
    notifications: await gather('notifications'),
  };
}

async function readTopic(
  topic: Topic,
  bounds: PartitionBounds,
  take: (record: TopicRecord) => void,
): Promise<void> {
  for await (const record of topic.read(bounds)) take(record);
}

function checkParkedContent({ letters, findings, groupId }: GroupEvidence, record: TopicRecord): void {
  const { partition, offset, value } = record;
  const letter = letters.parkedAt(partition, offset);
  if (letter?.value === undefined) return;
  const base64 = value?.toString('base64') ?? '';
  if (letter.value === (base64 === '' ? 0 : fingerprint(base64))) return;
  const what = 'The parked record has another value than the record on the topic.';
  findings.add({ kind: 'wrong', group: groupId, partition, offset, what });
}

async function judgeEffects(
  { groups, outbox }: AuditSources,
  { billing, inventory, notifications }: Evidence,
  sourceless: Sourceless[],
  { initialStock, unansweredEmails = new Map() }: AuditOptions,
): Promise<Pick<AuditReport, 'billing' | 'inventory' | 'notifications'>> {
  return {
    billing: await judgeBilling(billing, groups.billing.table(), new OrdersSeen(billing, sourceless)),
    inventory: await judgeInventory(
      inventory,
      groups.inventory.table(),
      new OrdersSeen(inventory, sourceless),
      { initialStock },
    ),
    notifications: await judgeNotifications(
      notifications,
      { items: groups.notifications.table(), outbox },
      new OrdersSeen(notifications, sourceless),
      { unansweredEmails },
    ),
  };
}

/** Checks everything without an order: poison records, unknown messages, and positions that the topic does not have. */
function judgeTheRest(evidence: Evidence, bounds: PartitionBounds): void {
  for (const name of GROUP_NAMES) {
    const group = evidence[name];
    judgePoison(group);
    judgeLetters(group, bounds);
    for (const [partition, offset] of group.committed) {
      const end = bounds.get(partition)?.end ?? 0;
      if (offset <= end) continue;
      const what = `The group has committed ${offset}, and the partition ends at ${end}.`;
      group.findings.add({ kind: 'unexpected', group: group.groupId, partition, offset, what });
    }
  }
}

function judgePoison(group: GroupEvidence): void {
  const { history, fates, findings, neverHandled, groupId } = group;
  for (let row = 0; row < history.size; row += 1) {
    if (history.kindOf(row) !== 'poison') continue;
    const position = history.positionOf(row);
    const standing = standingOf(group, position);
    if (standing.kind !== 'settled') fates.note(row, pendingFate(standing));
    else {
      fates.note(row, 'broken');
      neverHandled.note(row);
      const what = 'The record can never succeed, and is in no dead-letter queue.';
      findings.add({ kind: 'missing', group: groupId, ...position, what });
    }
  }
}

function judgeLetters({ letters, findings, groupId }: GroupEvidence, bounds: PartitionBounds): void {
  for (const what of letters.strange) {
    findings.add({ kind: 'unexpected', group: groupId, what: `The dead-letter queue has ${what}.` });
  }
  for (const { partition, offset } of letters.parked) {
    if (offset < (bounds.get(partition)?.end ?? 0)) continue;
    const what = 'The dead-letter queue has a record that the topic does not have.';
    findings.add({ kind: 'unexpected', group: groupId, partition, offset, what });
  }
}

/**
 * Checks that an order uses one partition. An increase of partitions moves keys, so an order may have one before it
 * and one after it.
 */
function judgeSplitOrders(history: History, findings: Findings): void {
  for (let order = 0; order < history.orderCount; order += 1) {
    const events = history.eventsOf(order);
    for (const [index, { partition, offset }] of events.entries()) {
      const before = events[index - 1];
      if (before === undefined || before.partition === partition) continue;
      if (history.isAfterGrowth(before) !== history.isAfterGrowth({ partition, offset })) continue;
      const what = `The events of this order are on partitions ${before.partition} and ${partition}: was another key used?`;
      findings.add({ kind: 'split', orderId: history.orderId(order), partition, offset, what });
      break;
    }
  }
}

interface LateReading {
  readonly bounds: PartitionBounds;
  readonly sourceless: readonly Sourceless[];
  readonly findings: Findings;
  readonly currency: string;
}

/**
 * Reports effects for orders that the topic does not contain. It skips orders that arrived during the audit, and all
 * when retention has deleted records, which may have been theirs.
 */
async function judgeSourceless(topic: Topic, reading: LateReading): Promise<void> {
  const { bounds, sourceless, findings, currency } = reading;
  if (sourceless.length === 0 || [...bounds.values()].some(({ start }) => start > 0)) return;
  const late = new Set<string>();
  const now = await topic.bounds();
  const since = new Map(
    [...now].map(([partition, { end }]) => [partition, { start: bounds.get(partition)?.end ?? 0, end }]),
  );
  await readTopic(topic, since, (record) => {
    const event = readEvent(record, currency);
    if ('orderId' in event) late.add(event.orderId);
  });
  for (const { groupId, orderId, what } of sourceless) {
    if (!late.has(orderId)) findings.add({ kind: 'unexpected', group: groupId, orderId, what });
  }
}

function groupReport({ fates, history, letters, parkedGood, neverHandled }: GroupEvidence): GroupReport {
  return {
    ...fates.count(history.size),
    deadLetters: letters.count,
    givenUpBatches: letters.pointers,
    parkedGood: [...parkedGood.values()],
    neverHandled: neverHandled.ranges(history),
  };
}
