import type { GroupReport, MemberReport, PartitionReport } from '@order-events/kafka-tools';
import type { MappingReport } from '../../local/environment/control/mapping-report.ts';
import { MemberColors } from './member-colors.ts';
import type { CellView, GroupView, MappingView, MemberView, Overview } from './views.ts';

/** One look at brokers and mappings. */
export interface Sample {
  /** Epoch milliseconds before the brokers were asked. */
  readonly at: number;
  readonly groups: readonly GroupReport[];
  readonly mappings: readonly MappingReport[];
}

const REBALANCES: ReadonlySet<string> = new Set(['PreparingRebalance', 'CompletingRebalance']);

const UNKNOWN_LAG = {
  'topic-gone': 'the topic is gone',
  'offsets-unavailable': 'the broker did not tell where the partition ends',
  'commits-unavailable': "the broker did not tell the group's offsets",
} as const;

/** Turns samples into what the matrix shows. It remembers earlier samples, so that no row vanishes. */
export class GroupViews {
  readonly #topic: string;
  readonly #colors = new MemberColors();
  #last: Overview;

  constructor(topic: string) {
    this.#topic = topic;
    this.#last = { at: 0, topic, partitions: [], groups: [] };
  }

  /** Takes a sample in. */
  take(sample: Sample): Overview {
    const partitions = this.#partitionsOf(sample);
    const before = new Map(this.#last.groups.map((group) => [group.groupId, group]));
    const present = sample.groups
      .filter((group) => before.has(group.groupId) || concerns(group, this.#topic))
      .map((group) => this.#view(group, before.get(group.groupId), { sample, partitions }));
    const listed = new Set(present.map(({ groupId }) => groupId));
    const gone = this.#last.groups
      .filter(({ groupId }) => !listed.has(groupId))
      .map((group) => unlisted(group, partitions));
    this.#last = {
      at: sample.at,
      topic: this.#topic,
      partitions,
      groups: [...present, ...gone].toSorted(mappingsFirst),
    };
    return this.#last;
  }

  /** Says that a sample failed; what was known before stays. */
  fail(at: number, problem: string): Overview {
    this.#last = { ...this.#last, at, problem };
    return this.#last;
  }

  #partitionsOf({ groups }: Sample): readonly number[] {
    const seen = groups.flatMap((group) => ofTopic(group, this.#topic).map(({ partition }) => partition));
    return [...new Set([...this.#last.partitions, ...seen])].toSorted((a, b) => a - b);
  }

  #view(
    report: GroupReport,
    before: GroupView | undefined,
    { sample: { mappings }, partitions }: { readonly sample: Sample; readonly partitions: readonly number[] },
  ): GroupView {
    const mapping = mappings.find(({ consumerGroupId }) => consumerGroupId === report.groupId);
    const colors = this.#colors.of(
      report.groupId,
      report.members.map(({ memberId }) => memberId),
    );
    const members = report.members.map((member) =>
      memberView(member, { topic: this.#topic, mapping, color: colors.get(member.memberId) ?? 0 }),
    );
    const reports = new Map(ofTopic(report, this.#topic).map((one) => [one.partition, one]));
    const cells = partitions.map((partition) =>
      cellView(partition, reports.get(partition), {
        group: report,
        members,
        before: before?.cells.find((cell) => cell.partition === partition),
      }),
    );
    return {
      groupId: report.groupId,
      state: report.state,
      members,
      cells,
      ...lagOfCells(cells),
      ...(mapping?.generationId === undefined ? {} : { generation: mapping.generationId }),
      ...(mapping === undefined ? {} : { mapping: mappingView(mapping) }),
    };
  }
}

function concerns(group: GroupReport, topic: string): boolean {
  return group.partitions.some((partition) => partition.topic === topic);
}

function ofTopic(group: GroupReport, topic: string): readonly PartitionReport[] {
  return group.partitions.filter((partition) => partition.topic === topic);
}

/** A group that the brokers list no more: it was deleted, or its offsets expired. */
function unlisted(group: GroupView, partitions: readonly number[]): GroupView {
  const reason = 'the broker lists this group no more';
  const cells = partitions.map((partition): CellView => {
    const { owner: _owner, ...cell } = group.cells.find((one) => one.partition === partition) ?? {
      partition,
    };
    return { ...cell, status: 'unknown', reason };
  });
  const { lag: _lag, ...rest } = group;
  return { ...rest, state: 'Unknown', members: [], cells };
}

const rank = ({ mapping }: GroupView): number => (mapping === undefined ? 1 : 0);

/** The groups of this environment's mappings first, each part in alphabetical order. */
function mappingsFirst(one: GroupView, other: GroupView): number {
  return rank(one) - rank(other) || one.groupId.localeCompare(other.groupId, 'en');
}

function mappingView({
  functionName,
  state,
  pollerOverride,
  lastProcessingResult,
}: MappingReport): MappingView {
  return {
    functionName,
    state,
    ...(pollerOverride === undefined ? {} : { pollerOverride }),
    ...(lastProcessingResult === undefined ? {} : { lastResult: lastProcessingResult }),
  };
}

function memberView(
  member: MemberReport,
  {
    topic,
    mapping,
    color,
  }: { readonly topic: string; readonly mapping: MappingReport | undefined; readonly color: number },
): MemberView {
  const poller = mapping?.pollers.find(
    ({ pid, memberId }) => memberId === member.memberId || member.clientId === clientIdOf(pid),
  );
  return {
    memberId: member.memberId,
    name: memberName(member.clientId),
    color,
    partitions: member.partitions
      .filter((one) => one.topic === topic)
      .flatMap(({ partitions }) => partitions),
    ...(poller === undefined ? {} : { pid: poller.pid }),
  };
}

/** Event pollers name themselves so. */
const clientIdOf = (pid: number): string => `event-poller-${pid}`;

/** The words by which a person knows a member, from its client id or member id. */
export function memberName(id: string): string {
  const pid = /^event-poller-(\d+)/.exec(id)?.[1];
  return pid === undefined ? id.replace(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '') : `poller ${pid}`;
}

interface CellContext {
  readonly group: GroupReport;
  readonly members: readonly MemberView[];
  readonly before: CellView | undefined;
}

function cellView(
  partition: number,
  report: PartitionReport | undefined,
  { group, members, before }: CellContext,
): CellView {
  const moving = REBALANCES.has(group.state);
  const owner = members.find(({ memberId }) => memberId === report?.memberId);
  const shown = owner ?? (moving ? before?.owner : undefined);
  const numbers = report?.lag.kind === 'known' ? knownNumbers(report.lag) : numbersOf(before);
  return {
    partition,
    ...statusOf({ report, group, moving, isOwned: owner !== undefined }),
    ...(shown === undefined
      ? {}
      : { owner: { memberId: shown.memberId, name: shown.name, color: shown.color } }),
    ...numbers,
  };
}

interface StatusFacts {
  readonly report: PartitionReport | undefined;
  readonly group: GroupReport;
  readonly moving: boolean;
  readonly isOwned: boolean;
}

function statusOf({ report, group, moving, isOwned }: StatusFacts): Pick<CellView, 'status' | 'reason'> {
  if (report === undefined) return { status: 'unknown', reason: 'the broker did not tell of this partition' };
  if (report.lag.kind === 'unknown') return { status: 'unknown', reason: UNKNOWN_LAG[report.lag.reason] };
  if (moving) return { status: 'moving', reason: 'the group rebalances' };
  if (isOwned) return { status: 'read' };
  if (group.members.length === 0) return { status: 'nobody', reason: 'the group has no member' };
  return { status: 'nobody', reason: 'no member has asked for this partition' };
}

type Numbers = Pick<CellView, 'committed' | 'start' | 'end' | 'lag' | 'expired'>;

function knownNumbers(lag: Extract<PartitionReport['lag'], { kind: 'known' }>): Numbers {
  return {
    start: lag.start,
    end: lag.end,
    lag: lag.lag,
    expired: lag.expired,
    ...(lag.committed === undefined ? {} : { committed: lag.committed }),
  };
}

/** What an earlier sample knew, without its lag: that would be a guess. */
function numbersOf(before: CellView | undefined): Numbers {
  const { committed, start, end } = before ?? {};
  return {
    ...(committed === undefined ? {} : { committed }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  };
}

function lagOfCells(cells: readonly CellView[]): Pick<GroupView, 'lag'> {
  let sum = 0;
  for (const { lag } of cells) {
    if (lag === undefined) return {};
    sum += lag;
  }
  return { lag: sum };
}
