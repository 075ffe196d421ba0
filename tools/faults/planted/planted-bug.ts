import type { FindingKind } from '../../../audit/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Change } from '../run-scenario.ts';

/** A mistake that is made on purpose, to see that the auditor finds it. */
export interface PlantedBug {
  /** Such as `lost-park`. */
  readonly name: string;
  /** What the mistake is, in a sentence. */
  readonly story: string;
  /** What the code says in its place; none for a bug outside of the functions. */
  readonly patch?: Patch;
  /** What else befalls the system, where the mistake does nothing by itself. */
  readonly scenario: Scenario;
  /** A mistake of the producer's. */
  readonly change?: Change;
  /** A kind of finding that must be among those that the audit has. */
  readonly finding: FindingKind;
}

/** One place of the functions' source, and what it becomes. */
export interface Patch {
  /** From the project's folder. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly becomes: string;
}

/** @throws {Error} when the place is not there any more, or there twice: the bug has to be planted anew. */
export function applyPatch(source: string, { file, text, becomes }: Patch): string {
  const parts = source.split(text);
  if (parts.length === 2) return parts.join(becomes);
  throw new Error(
    `${file} has ${parts.length - 1} times the place of a planted bug, which must be there once: ${text}`,
  );
}
