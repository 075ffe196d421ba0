import type { FindingKind } from '../../../audit/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Change } from '../run-scenario.ts';

/** A deliberate mistake that the auditor must find. */
export interface PlantedBug {
  /** Such as `lost-park`. */
  readonly name: string;
  /** A description of the mistake, in a sentence. */
  readonly story: string;
  /** The changes of the code; none for a bug outside of the functions. */
  readonly patch?: Patch;
  /** An additional fault, for a mistake without an effect of its own. */
  readonly scenario: Scenario;
  /** A mistake of the producer's. */
  readonly change?: Change;
  /** A kind of finding that the audit must report. */
  readonly finding: FindingKind;
}

/** One place in the functions' source, and its replacement. */
export interface Patch {
  /** From the project's folder. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly becomes: string;
}

/** @throws {Error} when the place does not exist exactly once, so that the bug must be planted again. */
export function applyPatch(source: string, { file, text, becomes }: Patch): string {
  const parts = source.split(text);
  if (parts.length === 2) return parts.join(becomes);
  throw new Error(
    `${file} contains the place of a planted bug ${parts.length - 1} times instead of once; adapt the planted bug: ${text}`,
  );
}
