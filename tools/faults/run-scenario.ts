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
  /** The time that the system has to recover. */
  readonly recoverWithinMs: number;
  /** True keeps the logs when there are findings. */
  readonly keepLogs: boolean;
}

export interface ScenarioResult {
  readonly scenario: string;
  readonly orders: number;
  readonly records: number;
  /** The number of failed requests, and of disturbed processes and brokers. */
  readonly faults: number;
  /** Milliseconds from the end of the fault until no group had lag; null when that did not happen. */
  readonly recoveryMs: number | null;
  /** Additional e-mails of an order after a send without an answer; they are allowed and counted. */
  readonly repeatedEmails: number;
  /** SMS that are parked because nobody can know whether they were sent. */
  readonly ambiguousSms: number;
  /**
   * Sent messages that the table does not have, because it was unavailable for the rest of the invocation that sent
   * them.
   */
  readonly openClaims: number;
  readonly findings: readonly CampaignFinding[];
  /** The folder of the logs, when there are findings. */
  readonly logs: string | null;
}

/** The time before the fault. Orders come in from before it until after it. */
const BEFORE_FAULT_MS = 3_000;
const AFTER_FAULT_MS = 3_000;

/** Changes the records that are sent, for a planted bug of the producer. */
export type Change = (records: readonly RecordToSend[]) => readonly RecordToSend[];

/** Runs one scenario in its own environment, and audits it. */
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
