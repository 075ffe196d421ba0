import * as z from 'zod';
import type { Permit } from '../server/permit.ts';
import type { ConsoleActions } from './actions.ts';
import { INPUTS, isExperiment, type ExperimentName, type Input } from './inputs.ts';
import type { ExperimentResult, RunningExperiment } from './result.ts';

/** An experiment that cannot be done as it was asked for; the message says what is allowed. */
export class ExperimentError extends Error {
  override readonly name = 'ExperimentError';
}

/** One growth at a time. */
const GROWTH = 'grow';

interface Running extends RunningExperiment {
  readonly stop?: () => Promise<void>;
}

/** Reports the result and, later, the progress. */
export interface ExperimentHooks {
  readonly changed: () => void;
  readonly now: () => number;
  readonly newId: () => string;
}

/** The buttons of the lesson. Each needs a permit from every caller. */
export class Experiments {
  readonly #actions: ConsoleActions;
  readonly #hooks: ExperimentHooks;
  readonly #running = new Map<string, Running>();

  constructor(actions: ConsoleActions, hooks: ExperimentHooks) {
    this.#actions = actions;
    this.#hooks = hooks;
  }

  /** The running experiments, the oldest first. */
  list(): readonly RunningExperiment[] {
    const now = this.#hooks.now();
    for (const [id, { until }] of this.#running)
      if (until !== undefined && until <= now) this.#running.delete(id);
    return [...this.#running.values()].map(({ stop: _stop, ...view }) => view);
  }

  /** @throws {ExperimentError} when there is no such experiment, or its input is not allowed. */
  async run(_permit: Permit, name: string, input: unknown): Promise<ExperimentResult> {
    if (!isExperiment(name)) {
      throw new ExperimentError(
        `There is no experiment ${name}. There are: ${Object.keys(INPUTS).join(', ')}.`,
      );
    }
    const result = await this.#perform(name, input);
    this.#hooks.changed();
    return result;
  }

  /** Ends the running experiments, so that none outlives the console. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#running.values()].flatMap(({ stop }) => (stop === undefined ? [] : [stop()])),
    );
  }

  async #perform(name: ExperimentName, input: unknown): Promise<ExperimentResult> {
    switch (name) {
      case 'produce':
        return this.#produce(read('produce', input));
      case 'pollers':
        return this.#pollers(read('pollers', input));
      case 'kill': {
        const { group, pid } = read('kill', input);
        await this.#actions.killPoller(group, pid);
        return {
          done: `Poller ${pid} of ${group} was killed.`,
          watch:
            'For six seconds its partitions belong to a member that is gone, and their lag grows. Then its session times out, the group rebalances, and others go on where it had committed.',
        };
      }
      case 'slow':
        return this.#slow(read('slow', input));
      case 'breakStore':
        return this.#breakStore(read('breakStore', input));
      case 'poison': {
        const key = await this.#actions.poison(read('poison', input).kind);
        return {
          done: `A record that no consumer can process is on the topic, under the key ${key}.`,
          watch:
            'Each consumer parks it in its own dead-letter queue at first sight and goes on: the lag does not stay.',
          key,
        };
      }
      case 'join':
        return this.#join(read('join', input));
      case 'leave':
        return this.#leave(read('leave', input));
      case 'grow':
        return this.#grow(read('grow', input));
    }
  }

  #produce({ count, rate }: Input<'produce'>): ExperimentResult {
    const id = this.#hooks.newId();
    const show = (sent: number, problem?: string): void => {
      const progress = problem ?? `${sent} of ${count} records sent`;
      this.#running.set(id, { id, what: `produce ${count} orders`, progress });
      this.#hooks.changed();
    };
    show(0);
    this.#actions
      .produce({ count, ratePerSecond: rate }, show)
      .then(() => this.#end(id))
      .catch((error: unknown) => {
        show(0, `failed: ${error instanceof Error ? error.message : String(error)}`);
      });
    return {
      done: `${count} orders are on their way${rate === undefined ? '' : `, ${rate} a second`}.`,
      watch:
        'Every group gets all of them: the end of each partition rises for all, and each group works off its own lag.',
    };
  }

  async #pollers({ group, count }: Input<'pollers'>): Promise<ExperimentResult> {
    await this.#actions.setPollers(group, count);
    return {
      done: count === null ? `${group} scales by itself again.` : `${group} gets ${count} pollers.`,
      watch:
        'The group rebalances: its members share the partitions anew. One member too many is idle, as a partition has one reader in a group. Other groups do not notice.',
    };
  }

  async #slow({ group, delayMs, seconds }: Input<'slow'>): Promise<ExperimentResult> {
    await this.#actions.disturb(group, { delayMs, storeIsGone: false, forMs: seconds * 1_000 });
    this.#until(`slow/${group}`, `${group} is slow: each invocation waits ${delayMs} ms`, seconds);
    return {
      done: `Each invocation of ${group} waits ${delayMs} ms for ${seconds} s.`,
      watch: 'Its lag rises when orders come in, and drains after. The other groups stay where they are.',
    };
  }

  async #breakStore({ group, seconds }: Input<'breakStore'>): Promise<ExperimentResult> {
    await this.#actions.disturb(group, { delayMs: 0, storeIsGone: true, forMs: seconds * 1_000 });
    this.#until(`store/${group}`, `the table of ${group} cannot be reached`, seconds);
    return {
      done: `The function of ${group} cannot reach its table for ${seconds} s.`,
      watch:
        'Invocations with records fail and are tried again, later each time; nothing is parked and nothing is skipped. When the table is back, all of it is worked off.',
    };
  }

  async #join({ group }: Input<'join'>): Promise<ExperimentResult> {
    const leave = await this.#actions.joinFromOutside(group);
    const id = this.#hooks.newId();
    this.#running.set(id, {
      id,
      what: `an outside consumer is in ${group}`,
      progress: 'it reads and commits nothing',
      canStop: true,
      stop: leave,
    });
    return {
      done: `A consumer from outside joins ${group}.`,
      watch:
        'In a group of its own it gets every record. In a group of others it takes a share of the partitions: those are not handled until it leaves, as it commits nothing.',
    };
  }

  async #leave({ id }: Input<'leave'>): Promise<ExperimentResult> {
    const running = this.#running.get(id);
    if (running?.stop === undefined) throw new ExperimentError(`Nothing that can be ended has the id ${id}.`);
    this.#running.delete(id);
    await running.stop();
    return {
      done: 'The outside consumer has left.',
      watch: 'Its partitions go to the others, from where the group had committed.',
    };
  }

  async #grow({ partitions }: Input<'grow'>): Promise<ExperimentResult> {
    const what = `grow the topic to ${partitions} partitions`;
    const show = (progress: string): void => {
      this.#running.set(GROWTH, { id: GROWTH, what, progress });
      this.#hooks.changed();
    };
    if (this.#running.has(GROWTH)) throw new ExperimentError('The topic grows already. Wait until it has.');
    show('looking at the topic');
    try {
      await this.#actions.growTopic(partitions, show);
    } finally {
      this.#end(GROWTH);
    }
    return {
      done: `The topic has ${partitions} partitions now, and every group reads them.`,
      watch:
        'New rows came when nobody wrote and all was handled, so each key keeps its order although some keys go to another partition from now on. Kafka cannot take partitions away again.',
    };
  }

  #until(id: string, what: string, seconds: number): void {
    const until = this.#hooks.now() + seconds * 1_000;
    this.#running.set(id, { id, what, progress: `for ${seconds} s`, until });
  }

  #end(id: string): void {
    this.#running.delete(id);
    this.#hooks.changed();
  }
}

/** @throws {ExperimentError} naming each value that is not allowed. */
function read<N extends ExperimentName>(name: N, input: unknown): Input<N> {
  const parsed = INPUTS[name].safeParse(input);
  if (!parsed.success) throw new ExperimentError(z.prettifyError(parsed.error));
  // The schema is that of the name.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return parsed.data as Input<N>;
}
