import { describe, expect, test } from '@jest/globals';
import type { TimeLeft } from '@order-events/kafka-tools';
import { diagnose } from '../../../doctor/diagnose.ts';
import type { Facts } from '../../../doctor/facts.ts';
import type { Verdict } from '../../../doctor/verdict.ts';
import { aGroup, aMember, aPartition, aPoller, aReading, aStage } from '../a-stage.ts';

export const ALL = [0, 1, 2, 3, 4, 5];
export const NO_READINGS = { earlier: [] };
export const UNKNOWN_POLLERS = { kind: 'unknown', reason: 'AWS does not say' } as const;

/** Two members share the partitions: the poller of the mapping, and another. */
export function sharedWith(clientId: string): Partial<Facts> {
  return { groups: [aGroup({ members: [aPoller([0, 1, 2]), aMember(clientId, [3, 4, 5])] })] };
}

export const partitions = (of: (partition: number) => Parameters<typeof aPartition>[0]) =>
  ALL.map((partition) => aPartition({ partition, members: [aPoller()], ...of(partition) }));

/** One partition of a reading, with the rest as ever. */
export const reading = (
  secondsAgo: number,
  part: { readonly committed?: number; readonly end?: number; readonly owner?: string },
  members = ['event-poller-1-member'],
) => aReading(secondsAgo, { members, partitions: [{ partition: 0, end: 100, ...part }] });

/** The oldest unread record of billing's group. */
export function timeLeft(left: TimeLeft): Partial<Facts> {
  const group = { groupId: 'billing-group', timeLeft: left, partition: 2, offset: 17 };
  return { timesLeft: { kind: 'known', value: [group] } };
}

interface Case {
  readonly story: string;
  /** What differs from a stage where all is well. */
  readonly facts: Partial<Facts>;
}

/** What a check must say of what. */
export interface CheckCases {
  /** Mistakes, and the evidence of each with the group it is about. */
  readonly finds: readonly (Case & { readonly found: readonly string[] })[];
  readonly quiet: readonly Case[];
  /** Where it cannot look, and why. */
  readonly unknown?: readonly (Case & { readonly reason: string })[];
}

/** Tries one check of the doctor. */
export function describeCheck(check: string, { finds, quiet, unknown = [] }: CheckCases): void {
  describe(`the check ${check}`, () => {
    test.each(finds)('finds $story', ({ facts, found }) => {
      const findings = evidenceOf(verdictOf(check, facts));

      expect(findings).toEqual(found);
    });

    test.each(quiet)('finds nothing when $story', ({ facts }) => {
      const verdict = verdictOf(check, facts);

      expect(verdict?.kind).toBe('ok');
    });

    if (unknown.length === 0) return;
    test.each(unknown)('reports that it could not look when $story', ({ facts, reason }) => {
      const verdict = verdictOf(check, facts);

      expect(verdict).toEqual({ kind: 'unknown', reason });
    });
  });
}

function verdictOf(check: string, facts: Partial<Facts>): Verdict | undefined {
  return diagnose(aStage(facts)).checks.find(({ name }) => name === check)?.verdict;
}

function evidenceOf(verdict: Verdict | undefined): readonly string[] {
  return verdict?.kind === 'finding'
    ? verdict.findings.map(({ group = '', evidence }) => `${group}: ${evidence}`)
    : [];
}
