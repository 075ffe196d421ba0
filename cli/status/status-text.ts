import type { MappingReport, PollerReport } from '#msk-local/environment/control/mapping-report.ts';
import { diagnosisLine } from '../../doctor/index.ts';
import { plainTable } from '../terminal/plain-table.ts';
import {
  partitionName,
  rangesText,
  type GroupReport,
  type MemberReport,
  type PartitionReport,
} from '@order-events/kafka-tools';
import type { OffsetLag, TotalLag } from '@order-events/kafka-tools';
import type { StatusReport } from './status-report.ts';
import { timeLeftText } from './time-left-text.ts';

/** Puts a style on a text, or leaves it as it is where nobody would see it. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'yellow' | 'red', text: string) => string;

interface Drawing {
  readonly paint: Paint;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Longest texts of columns, so that tables stay within 100 characters. */
const WIDTHS = { clientId: 20, memberId: 26, host: 16, partitions: 22, topic: 44, functionName: 36 };

/** A report for a person. */
export function statusText(report: StatusReport, drawing: Drawing): string {
  const { paint } = drawing;
  return [
    `${paint('bold', report.target)}, topic ${report.topic}`,
    ...(report.groups.length === 0 ? ['The broker has no consumer group yet.'] : []),
    ...report.groups.map((group) => groupText(group, report.timesLeft, paint)),
    ...report.mappings.map((mapping) => mappingText(mapping, drawing)),
    deadLetterText(report, paint),
    doctorText(report, paint),
  ].join('\n\n');
}

function groupText(
  { groupId, state, lag, members, partitions }: GroupReport,
  timesLeft: StatusReport['timesLeft'],
  paint: Paint,
): string {
  const risk = timesLeft.find((one) => one.groupId === groupId);
  const atRisk = risk === undefined ? '' : timeLeftText(risk.timeLeft, 'oldest unread record', paint);
  const numbers = new Map(members.map(({ memberId }, index) => [memberId, index + 1]));
  return [
    `${paint('bold', groupId)}  ${stateText(state, paint)}, ${count(members.length, 'member')}, ${totalText(lag, paint)}`,
    ...(atRisk === '' ? [] : [`  ${atRisk}`]),
    ...(members.length === 0 ? [] : [memberTable(members, paint)]),
    ...(partitions.length === 0 ? [] : [partitionTable(partitions, numbers, paint)]),
  ].join('\n');
}

function memberTable(members: readonly MemberReport[], paint: Paint): string {
  return plainTable({
    head: ['#', 'client', 'member', 'host', 'partitions'].map((title) => paint('dim', title)),
    rows: members.map((member, index) => [
      index + 1,
      shorten(member.clientId, WIDTHS.clientId),
      shortMemberId(member),
      shorten(member.host, WIDTHS.host),
      memberPartitions(member, paint),
    ]),
    alignRight: [0],
  });
}

function partitionTable(
  partitions: readonly PartitionReport[],
  numbers: ReadonlyMap<string, number>,
  paint: Paint,
): string {
  return plainTable({
    head: ['partition', 'committed', 'end', 'lag', 'member'].map((title) => paint('dim', title)),
    rows: partitions.map(({ topic, partition, memberId, lag }) => [
      partitionName(shorten(topic, WIDTHS.topic), partition),
      ...lagCells(lag, paint),
      memberId === undefined ? paint('dim', 'nobody') : `#${numbers.get(memberId)}`,
    ]),
    alignRight: [1, 2, 3],
  });
}

function lagCells(lag: OffsetLag, paint: Paint): [string, string, string] {
  if (lag.kind === 'unknown') return ['?', '?', paint('yellow', `unknown: ${lag.reason}`)];
  const committed = lag.committed === undefined ? `none, from ${lag.start}` : String(lag.committed);
  return [committed, String(lag.end), paintLag(lag.lag, paint)];
}

function mappingText(mapping: MappingReport, { paint, now }: Drawing): string {
  const { consumerGroupId, functionName, state, pollerOverride, generationId, pollers } = mapping;
  const { stateTransitionReason: why = 'USER_INITIATED' } = mapping;
  const reason = why === 'USER_INITIATED' ? '' : ` (${paint('red', why)})`;
  const generation = generationId === undefined ? '' : `, generation ${generationId}`;
  const override = pollerOverride === undefined ? '' : `, pollers set to ${pollerOverride}`;
  return [
    `mapping ${paint('bold', consumerGroupId)} to ${shorten(functionName, WIDTHS.functionName)}  ` +
      `${state}${reason}, ${count(pollers.length, 'poller')}${generation}${override}`,
    ...givenUpText(mapping, paint),
    ...(pollers.length === 0 ? [] : [pollerTable(pollers, { paint, now })]),
  ].join('\n');
}

/** Lag is no measure of what was given up: its offsets are committed. */
function givenUpText({ givenUp: { delivered, dropped } }: MappingReport, paint: Paint): readonly string[] {
  const toDestination =
    delivered === 0 ? [] : [`${delivered} discarded to the dead-letter queue, as pointers to their offsets`];
  const lost = dropped === 0 ? [] : [`${dropped} LOST: discarded, and in no queue; see the log`];
  return [...toDestination, ...lost].map((text) => `  ${paint('red', text)}`);
}

function pollerTable(pollers: readonly PollerReport[], { paint, now }: Drawing): string {
  return plainTable({
    head: ['pid', 'partitions', 'records', 'last commit'].map((title) => paint('dim', title)),
    rows: pollers.map(({ pid, partitions, recordsInvoked, lastCommitAt }) => [
      pid,
      partitions.length === 0 ? paint('yellow', 'none, idle') : rangesText(partitions),
      recordsInvoked,
      lastCommitAt === undefined
        ? 'none yet'
        : `${Math.max(0, Math.round((now - lastCommitAt) / 1_000))} s ago`,
    ]),
    alignRight: [0, 2],
  });
}

function deadLetterText({ deadLetterQueues, deadLetterTimes }: StatusReport, paint: Paint): string {
  const depths = Object.entries(deadLetterQueues).map(
    ([consumer, depth]) => `${consumer} ${depth === 0 ? '0' : paint('red', String(depth))}`,
  );
  const risks = Object.entries(deadLetterTimes).flatMap(([consumer, left]) => {
    const text = timeLeftText(left, 'first dead letter', paint);
    return text === '' ? [] : [`  ${consumer}: ${text}`];
  });
  return [`dead-letter queues  ${depths.join(', ')}`, ...risks].join('\n');
}

function doctorText({ diagnosis }: StatusReport, paint: Paint): string {
  const line = diagnosisLine(diagnosis);
  return `doctor  ${diagnosis.ok ? line : paint('red', line)}`;
}

function stateText(state: string, paint: Paint): string {
  return state === 'Stable' ? paint('green', state) : paint('yellow', state);
}

function totalText(lag: TotalLag, paint: Paint): string {
  return lag.kind === 'known'
    ? `lag ${paintLag(lag.lag, paint)}`
    : paint('yellow', `lag unknown, at least ${lag.atLeast} (${lag.reasons.join(', ')})`);
}

function paintLag(lag: number, paint: Paint): string {
  return lag === 0 ? '0' : paint('yellow', String(lag));
}

/** Clients put their id before the part that tells members apart; it has a column of its own. */
function shortMemberId({ memberId, clientId }: MemberReport): string {
  const own = memberId.startsWith(`${clientId}-`) ? memberId.slice(clientId.length + 1) : memberId;
  return shorten(own, WIDTHS.memberId);
}

function memberPartitions({ partitions }: MemberReport, paint: Paint): string {
  const parts = partitions.filter((part) => part.partitions.length > 0);
  if (parts.length === 0) return paint('yellow', 'none, idle');
  const text = parts.map((part) => `${part.topic} ${rangesText(part.partitions)}`).join('; ');
  return shorten(text, WIDTHS.partitions);
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
