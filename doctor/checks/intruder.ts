import { rangesText, type GroupReport, type MemberReport } from '@order-events/kafka-tools';
import type { Check } from '../check.ts';
import type { Facts, MappingFacts, PollerFacts } from '../facts.ts';
import { assignedTo, mappingsOfTopic, ownGroups } from '../groups.ts';
import { counted, verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Finds members of the stage's groups that are not pollers of the group's mapping. */
export const intruder: Check = {
  name: 'intruder',
  matters:
    'A member that joins a group takes a share of its partitions. It commits their records, and the function never sees them.',
  look: lookForIntruders,
};

function lookForIntruders(facts: Facts): Verdict {
  const groups = ownGroups(facts);
  const mappings = mappingsOfTopic(facts);
  const verdicts = groups.map((group) => judgeGroup(group, mappings, facts.topic.name));
  const findings = verdicts.flatMap((verdict) => (verdict.kind === 'finding' ? verdict.findings : []));
  const unknown = verdicts.find((verdict) => verdict.kind === 'unknown');
  if (findings.length === 0 && unknown !== undefined) return unknown;
  const members = groups.flatMap((group) => group.members).length;
  return verdictOf(findings, okText(members, verdicts));
}

const ALIKE =
  'all members of a group look alike, and are no more than its mapping allows; AWS does not say which of them are its pollers';

function okText(members: number, verdicts: readonly Verdict[]): string {
  const caveat = verdicts.find((verdict) => verdict.kind === 'ok' && verdict.evidence === ALIKE);
  return caveat === undefined ? `${counted(members, 'member')}, each a poller of its mapping` : ALIKE;
}

function judgeGroup(
  group: GroupReport,
  mappings: ReturnType<typeof mappingsOfTopic>,
  topic: string,
): Verdict {
  const { groupId, members } = group;
  if (members.length === 0) return { kind: 'ok', evidence: 'no member' };
  if (mappings.kind === 'unknown') return judgeByLooks(group, undefined, topic) ?? mappings;
  const own = mappings.value.filter((mapping) => mapping.groupId === groupId);
  if (own.every(({ state }) => state === 'Disabled')) {
    const why =
      own.length === 0 ? 'no mapping of the topic has this group' : 'the mapping of this group is disabled';
    return finding(group, members, { why, topic });
  }
  const pollers = knownPollers(own);
  if (pollers === undefined) {
    return judgeByLooks(group, mostPollers(own), topic) ?? { kind: 'ok', evidence: ALIKE };
  }
  const strangers = members.filter((member) => !pollers.some((poller) => isPoller(member, poller)));
  return strangers.length === 0
    ? { kind: 'ok', evidence: 'pollers' }
    : finding(group, strangers, { why: "not a poller of the group's mapping", topic });
}

function knownPollers(mappings: readonly MappingFacts[]): readonly PollerFacts[] | undefined {
  const known = mappings.flatMap(({ pollers }) => (pollers.kind === 'known' ? [pollers.value] : []));
  return known.length === mappings.length ? known.flat() : undefined;
}

function mostPollers(mappings: readonly MappingFacts[]): number | undefined {
  const most = mappings.flatMap((mapping) => mapping.mostPollers ?? []);
  return most.length === mappings.length ? most.reduce((sum, number) => sum + number, 0) : undefined;
}

function isPoller(member: MemberReport, { clientId, memberId }: PollerFacts): boolean {
  return member.clientId === clientId || member.memberId === memberId;
}

/**
 * Finds intruders when the pollers are not known. The pollers of one mapping have client ids of one shape, and a
 * maximum number.
 */
function judgeByLooks(
  group: GroupReport,
  most: number | undefined,
  topic: string,
): Extract<Verdict, { kind: 'finding' }> | undefined {
  const { members } = group;
  const shapes = Map.groupBy(members, ({ clientId }) => shapeOf(clientId));
  if (shapes.size > 1) {
    const why = `its members have client ids of ${shapes.size} kinds, but the pollers of a mapping have only one kind`;
    return finding(group, members, { why, topic });
  }
  if (most === undefined || members.length <= most) return undefined;
  const why = `it has ${counted(members.length, 'member')}, and its mapping has at most ${most}`;
  return finding(group, members, { why, topic });
}

/** Reduces a client id to the part that all processes of one kind share: `consumer-#` for `consumer-2-8f3a`. */
function shapeOf(clientId: string): string {
  const words = clientId.split(/[^A-Za-z0-9]+/).map((word) => (/\d/.test(word) ? '#' : word.toLowerCase()));
  return words.join('-').replaceAll(/#(-#)*/g, '#');
}

function finding(
  { groupId }: GroupReport,
  members: readonly MemberReport[],
  { why, topic }: { readonly why: string; readonly topic: string },
): Extract<Verdict, { kind: 'finding' }> {
  return { kind: 'finding', findings: [findingOf(groupId, members, { why, topic })] };
}

function findingOf(
  group: string,
  members: readonly MemberReport[],
  { why, topic }: { readonly why: string; readonly topic: string },
): Finding {
  const who = members.map((member) => memberText(member, topic)).join('; ');
  return {
    group,
    evidence: `${counted(members.length, 'member')}: ${why}. ${who}.`,
    todo:
      'Stop that client, or give it its own group id. Then `orders audit` lists the offsets that it ' +
      'committed and nobody handled.',
  };
}

function memberText(member: MemberReport, topic: string): string {
  const partitions = assignedTo(member, topic);
  const reads = partitions.length === 0 ? 'no partition' : `partitions ${rangesText(partitions)}`;
  return `client ${member.clientId} on ${member.host} reads ${reads}`;
}
