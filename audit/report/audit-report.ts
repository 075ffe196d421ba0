import type { BillingReport } from '../judge/billing.ts';
import type { Fate } from '../judge/fates.ts';
import type { ParkedGood } from '../judge/group-evidence.ts';
import type { InventoryReport } from '../judge/inventory.ts';
import type { Skipped } from '../judge/never-handled.ts';
import type { NotificationsReport } from '../judge/notifications.ts';
import type { Finding, FindingKind } from './finding.ts';

/** What an audit found; plain JSON. */
export interface AuditReport {
  /** Whether there is no finding. */
  readonly ok: boolean;
  readonly records: number;
  readonly orders: number;
  /** Undefined without a ledger. `expired`: deleted by the retention of the topic, so that nothing can be said. */
  readonly ledger: { readonly acknowledged: number; readonly expired: number } | undefined;
  /** By consumer group id. */
  readonly groups: Readonly<Record<string, GroupReport>>;
  readonly billing: BillingReport;
  readonly inventory: InventoryReport;
  readonly notifications: NotificationsReport;
  readonly findings: {
    readonly total: number;
    readonly byKind: Readonly<Partial<Record<FindingKind, number>>>;
    /** The first 10,000. */
    readonly list: readonly Finding[];
  };
}

/** How many records of the topic have each fate in a group. */
export interface GroupReport extends Readonly<Record<Fate, number>> {
  /** Messages in the dead-letter queue; a record may have several. */
  readonly deadLetters: number;
  readonly givenUpBatches: number;
  /** The first 10,000 good events among the parked ones. */
  readonly parkedGood: readonly ParkedGood[];
  /** What the group has committed and never handled: what has to be handled again. */
  readonly neverHandled: Skipped;
}
