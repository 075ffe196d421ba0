import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordToSend } from '@order-events/kafka-tools';
import { auditTarget } from '../../cli/commands/audit.ts';
import { CATALOGUE_CURRENCY } from '../../cli/orders/catalogue.ts';
import { STOCK } from '../../cli/drill/rehearsal.ts';
import { openLedgerFile } from '../../cli/produce/ledger-file.ts';
import { isOpenClaim, judge, type CampaignFinding } from '../../cli/drill/judgement.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { countTimeouts } from '../../cli/drill/world/count-timeouts.ts';
import { drain } from '../../cli/drill/world/drain.ts';
import { produce } from '../../cli/drill/world/produce.ts';
import { randomOf } from '../../cli/drill/world/random.ts';
import { workload } from '../../cli/drill/world/workload.ts';
import { World } from '../../cli/drill/world/world.ts';

export interface ScenarioOptions {
  /** A cloud assembly that was synthesized before. */
  readonly assembly: string;
  readonly seed: number;
  readonly orders: number;
  readonly faultMs: number;
  /** How long the system may take to recover. */
  readonly recoverWithinMs: number;
  /** Whether the logs stay when there are findings. */
  readonly keepLogs: boolean;
}

export interface ScenarioResult {
  readonly scenario: string;
  readonly orders: number;
  readonly records: number;
  /** Requests that were spoiled, and processes and brokers that were disturbed. */
  readonly faults: number;
  /** Milliseconds from the end of the fault until no group had lag; null when that did not come. */
  readonly recoveryMs: number | null;
  /** E-mails beyond the first whose earlier send had no answer: allowed, and counted. */
  readonly repeatedEmails: number;
  /** SMS that are parked for a person because nobody can know whether they are out. */
  readonly ambiguousSms: number;
  /** Messages that are out and that the table does not know of, as it was away for the rest of the invocation that sent. */
  readonly openClaims: number;
  readonly findings: readonly CampaignFinding[];
  /** Where the logs are, when there are findings. */
  readonly logs: string | null;
}

/** Orders begin to come in before the fault, go on during it, and end after it. */
const BEFORE_FAULT_MS = 3_000;
const AFTER_FAULT_MS = 3_000;

/** A change of the records that are sent, for a planted bug of the producer's. */
export type Change = (records: readonly RecordToSend[]) => readonly RecordToSend[];

/** Runs one scenario in an environment of its own, and lets the auditor judge it. */
export async function runScenario(
  scenario: Scenario,
  options: ScenarioOptions,
  change: Change = (records) => records,
): Promise<ScenarioResult> {
  const { assembly, seed, faultMs } = options;
  const orders = options.orders * (scenario.orderFactor ?? 1);
  const world = await World.start({ assembly, random: randomOf(~seed) });
  let { keepLogs } = options;
  try {
    const records = change(workload({ seed, orders }));
    const ledgerFile = join(world.directory, 'ledger.jsonl');
    const ledger = await openLedgerFile(ledgerFile);
    const overMs = scenario.isBurst === true ? 0 : BEFORE_FAULT_MS + faultMs + AFTER_FAULT_MS;
    const producing = produce(world.target, { records, overMs, ledger });
    if (overMs > 0) await delay(BEFORE_FAULT_MS);
    await scenario.disturb(world, { faultMs, pause: (ms) => delay(ms) });
    await producing;
    await ledger.close();
    const recoveryMs = await drain(world.target, options.recoverWithinMs);
    const report = await auditTarget(
      world.target,
      { currency: CATALOGUE_CURRENCY, initialStock: STOCK, unansweredEmails: world.witness.unansweredEmails },
      ledgerFile,
    );
    const findings = judge({
      report,
      isDrained: recoveryMs !== undefined,
      unclearSms: world.witness.unclearSms,
      unsettled: world.witness.unsettled,
      timeouts: await countTimeouts(world.logsDirectory),
    });
    keepLogs &&= findings.length > 0;
    return {
      scenario: scenario.name,
      orders,
      records: records.length,
      faults: world.proxy.injected + world.disturbed,
      recoveryMs: recoveryMs ?? null,
      repeatedEmails: report.notifications.repeatedEmails,
      ambiguousSms: parkedAmbiguous(report),
      openClaims: report.findings.list.filter((finding) => isOpenClaim(finding, world.witness.unsettled))
        .length,
      findings,
      logs: keepLogs ? world.directory : null,
    };
  } finally {
    await world.stop({ keepLogs });
  }
}

function parkedAmbiguous({ groups }: Awaited<ReturnType<typeof auditTarget>>): number {
  return Object.values(groups)
    .flatMap(({ parkedGood }) => parkedGood)
    .filter(({ reason }) => reason === 'send-ambiguous').length;
}
