import type { BillingReport } from '../judge/billing.ts';
import type { Fate } from '../judge/fates.ts';
import type { ParkedGood } from '../judge/group-evidence.ts';
import type { InventoryReport } from '../judge/inventory.ts';
import type { Skipped } from '../judge/never-handled.ts';
import type { NotificationsReport } from '../judge/notifications.ts';
import type { Finding, FindingKind } from './finding.ts';

/** The result of an audit; plain JSON. */
export interface AuditReport {
  /** True when there is no finding. */
  readonly ok: boolean;
  readonly records: number;
  readonly orders: number;
  /** Undefined without a ledger. `expired`: deleted by the topic's retention, so they cannot be checked. */
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

/** The number of the topic's records with each outcome in a group. */
export interface GroupReport extends Readonly<Record<Fate, number>> {
  /** Messages in the dead-letter queue; a record may have several. */
  readonly deadLetters: number;
  readonly givenUpBatches: number;
  /** The first 10,000 good events among the parked ones. */
  readonly parkedGood: readonly ParkedGood[];
  /** The records that the group has committed and never handled, which must be handled again. */
  readonly neverHandled: Skipped;
}
