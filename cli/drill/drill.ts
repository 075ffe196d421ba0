import type { AuditReport } from '../../audit/index.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Something that goes wrong sooner or later, brought about on purpose. */
export interface Drill {
  /** Such as `outage`. */
  readonly name: string;
  /** In a sentence, for a person. */
  readonly story: string;
  /** Brings it about, step by step, and notes as problems what did not come as it must. */
  readonly run: (rehearsal: Rehearsal) => Promise<void>;
}

/** How a drill went; plain JSON. */
export interface DrillReport {
  readonly drill: string;
  /** Whether there is no problem and the audit found nothing. */
  readonly ok: boolean;
  readonly steps: readonly DrillStep[];
  /** What did not come as it must, a sentence each. */
  readonly problems: readonly string[];
  readonly audit: AuditReport;
}

export interface DrillStep {
  readonly what: string;
  readonly ms: number;
}
