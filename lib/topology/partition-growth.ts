/** One partition count that a topic had. */
export interface PartitionStep {
  readonly partitions: number;
  /** The document that says how key order was kept while the topic grew. */
  readonly migration?: string;
}

/** What another number of partitions does to a topic. */
export type PartitionChange =
  | { readonly kind: 'same' }
  /** Kafka cannot remove partitions. */
  | { readonly kind: 'shrinks'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'grows';
      readonly from: number;
      readonly to: number;
      /** Expected share of the keys that get another partition, from 0 to 1. */
      readonly movedShare: number;
    };

/** What it does to a topic to go from one number of partitions to another; both are at least 1. */
export function partitionChange(from: number, to: number): PartitionChange {
  if (to === from) return { kind: 'same' };
  return to < from
    ? { kind: 'shrinks', from, to }
    : { kind: 'grows', from, to, movedShare: movedShare(from, to) };
}

/** What is wrong with a partition count, judged by the counts before it. */
export type CountProblem =
  | { readonly kind: 'shrinks'; readonly from: number; readonly to: number }
  /** A growth that no document describes. */
  | {
      readonly kind: 'unwritten';
      readonly from: number;
      readonly to: number;
      readonly movedShare: number;
      /** Whether the history has the count, without a document. */
      readonly isStep: boolean;
    };

/**
 * Judges a topic's partition count by every count that it had, oldest first.
 * @returns the problems of the history's own steps, then that of the count; none for an empty history.
 */
export function countProblems(
  partitions: number,
  history: readonly PartitionStep[],
): readonly CountProblem[] {
  const last = history.at(-1)?.partitions ?? partitions;
  return [
    ...history.flatMap(stepProblems),
    ...(partitions === last ? [] : [growthProblem(last, partitions, false)]),
  ];
}

function stepProblems(
  { partitions, migration = '' }: PartitionStep,
  index: number,
  history: readonly PartitionStep[],
): readonly CountProblem[] {
  const before = history[index - 1]?.partitions;
  if (before === undefined || (partitions > before && migration.trim() !== '')) return [];
  return [growthProblem(before, partitions, true)];
}

function growthProblem(from: number, to: number, isStep: boolean): CountProblem {
  const change = partitionChange(from, to);
  return change.kind === 'grows' ? { ...change, kind: 'unwritten', isStep } : { kind: 'shrinks', from, to };
}

/**
 * The share of keys whose partition changes, where a key's partition is its hash modulo the number of partitions. Of all
 * hashes up to the least common multiple of both counts, just those below the smaller count keep their partition.
 * @see https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/clients/producer/internals/BuiltInPartitioner.java
 */
function movedShare(from: number, to: number): number {
  return 1 - Math.min(from, to) / leastCommonMultiple(from, to);
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** `50 %` for 0.5; never 0 or 100 for what is neither. */
export function percentText(share: number): string {
  if (share <= 0 || share >= 1) return `${Math.round(share * 100)} %`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}

/** Why a topic cannot have fewer partitions, and what to do instead. */
export const NO_FEWER_PARTITIONS =
  'Kafka cannot remove partitions: their records would be gone. Create a new topic with fewer partitions and move the consumers.';
