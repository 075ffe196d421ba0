import type { AuditReport } from '../../audit/index.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Something that goes wrong sooner or later, brought about on purpose. */
export interface Drill {
  /** Such as `outage`. */
  readonly name: string;
  /** A description in one sentence. */
  readonly story: string;
  /** Brings it about, step by step, and notes as problems what did not come as it must. */
  readonly run: (rehearsal: Rehearsal) => Promise<void>;
}

/** The result of a drill; plain JSON. */
export interface DrillReport {
  readonly drill: string;
  /** True when there is no problem and the audit found nothing. */
  readonly ok: boolean;
  readonly steps: readonly DrillStep[];
  /** The problems, a sentence each. */
  readonly problems: readonly string[];
  readonly audit: AuditReport;
}

export interface DrillStep {
  readonly what: string;
  readonly ms: number;
}
