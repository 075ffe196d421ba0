import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordToSend, Sent } from '@order-events/kafka-tools';
import type { AuditReport } from '../../audit/index.ts';
import { auditTarget } from '../commands/audit.ts';
import { CATALOGUE, CATALOGUE_CURRENCY } from '../orders/catalogue.ts';
import { openLedgerFile } from '../produce/ledger-file.ts';
import type { DrillStep } from './drill.ts';
import { drain } from './world/drain.ts';
import { produce } from './world/produce.ts';
import { workload } from './world/workload.ts';
import type { World } from './world/world.ts';

export interface RehearsalOptions {
  /** Decides the orders. */
  readonly seed: number;
  /** Orders of each part of a drill. */
  readonly orders: number;
  /** The duration of a fault. */
  readonly faultMs: number;
  /** The time that the system has to recover. */
  readonly recoverWithinMs: number;
  /** Is told each step as it begins. */
  readonly onStep: (what: string) => void;
}

const LOOK_EVERY_MS = 250;

/** The stock before the first order of a world. */
export const STOCK: ReadonlyMap<string, number> = new Map(
  CATALOGUE.map(({ sku, initialStock }) => [sku, initialStock]),
);

/** A drill at work: its steps with their times, and the orders that it sends. */
export class Rehearsal {
  readonly world: World;
  readonly options: RehearsalOptions;
  readonly steps: DrillStep[] = [];
  readonly problems: string[] = [];
  readonly #ledgerFile: string;
  #parts = 0;

  constructor(world: World, options: RehearsalOptions) {
    this.world = world;
    this.options = options;
    this.#ledgerFile = join(world.directory, `ledger-${options.seed}.jsonl`);
  }

  /** Does something, and notes how long it took. */
  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.options.onStep(what);
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.steps.push({ what, ms: Math.round(performance.now() - begun) });
    }
  }

  /** Sends the next orders, among them duplicates, cancellations and poison. */
  async sendOrders(overMs = 0): Promise<void> {
    this.#parts += 1;
    const { seed, orders } = this.options;
    await this.send(workload({ seed: seed * 100 + this.#parts, orders }), overMs);
  }

  /** Sends records, and writes what was acknowledged into the ledger. */
  async send(records: readonly RecordToSend[], overMs = 0): Promise<readonly Sent[]> {
    const sent: Sent[] = [];
    const file = await openLedgerFile(this.#ledgerFile);
    const ledger = {
      append: async (some: readonly Sent[]) => {
        sent.push(...some);
        await file.append(some);
      },
    };
    try {
      await produce(this.world.target, { records, overMs, ledger });
    } finally {
      await file.close();
    }
    return sent;
  }

  /** Waits for something that must come, and notes it as a problem when it does not. */
  async mustCome(what: string, hasCome: () => Promise<boolean> | boolean): Promise<void> {
    const deadline = performance.now() + this.options.recoverWithinMs;
    while (!(await hasCome())) {
      if (performance.now() > deadline) {
        this.problems.push(`${what}: not within ${this.options.recoverWithinMs / 1_000} s.`);
        return;
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Waits until every group has read everything. */
  async recover(): Promise<void> {
    const took = await drain(this.world.target, this.options.recoverWithinMs);
    if (took === undefined)
      this.problems.push(`Groups still have lag after ${this.options.recoverWithinMs / 1_000} s.`);
  }

  audit(): Promise<AuditReport> {
    return auditTarget(
      this.world.target,
      {
        currency: CATALOGUE_CURRENCY,
        initialStock: STOCK,
        unansweredEmails: this.world.witness.unansweredEmails,
      },
      this.#ledgerFile,
    );
  }
}
