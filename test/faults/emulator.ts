import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { processesOf, type ProcessRow, survivorsOf } from '../environment/process-table.ts';

/** What can be killed: one poller, one execution environment, or everything. */
export type Victim = 'poller' | 'function' | 'emulator';

/** Arguments of the process; plain JSON. */
export interface EmulatorSettings {
  readonly broker: string;
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly pollers: number;
  readonly replaceAfterMs: number;
  readonly batchSize: number;
  readonly codeDirectory: string;
  readonly journalDirectory: string;
}

/** What is in the command line of each kind. */
const SIGNS = { poller: 'poller-process', function: 'lambda/bootstrap' };
const VICTIM_TIMEOUT_MS = 30_000;

/** An emulator in a process of its own that is killed from outside, in part or as a whole, and then started again. */
export class EmulatorUnderFire {
  readonly kills: Record<Victim, number> = { poller: 0, function: 0, emulator: 0 };
  /** What its processes wrote to standard error. */
  readonly errors: string[] = [];
  readonly #settings: EmulatorSettings;
  /** A number from 0 to the given one. */
  readonly #random: (highest: number) => number;
  readonly #seen: ProcessRow[] = [];
  #process: ChildProcess;

  constructor(settings: EmulatorSettings, random: (highest: number) => number) {
    this.#settings = settings;
    this.#random = random;
    this.#process = this.#start();
  }

  /** Kills one process of a kind as soon as there is one, or everything once it has pollers. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'emulator') {
      await this.#candidates('poller');
      await this.end();
      this.#process = this.#start();
    } else {
      while (!killIfThere(await this.#choose(victim)));
    }
    this.kills[victim] += 1;
  }

  /** Lets open calls end and be committed. @returns the processes that are left of this emulator and all before it. */
  async stop(): Promise<readonly ProcessRow[]> {
    this.#seen.push(...(await this.#processes()));
    const exited = once(this.#process, 'exit');
    this.#process.send('stop');
    await exited;
    return survivorsOf(this.#seen);
  }

  /** Kills the process and, as its guardian would, what is left of its group. */
  async end(): Promise<void> {
    const { pid = 0, exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    this.#seen.push(...(await this.#processes()));
    const exited = once(this.#process, 'exit');
    killIfThere(pid);
    await exited;
    killIfThere(-pid);
  }

  #start(): ChildProcess {
    const entry = new URL('emulator-process.ts', import.meta.url);
    const child = fork(entry, [JSON.stringify(this.#settings)], {
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    child.stderr?.on('data', (chunk: Buffer) => this.errors.push(chunk.toString()));
    return child;
  }

  #processes(): Promise<readonly ProcessRow[]> {
    return processesOf(this.#process.pid ?? 0);
  }

  async #choose(victim: keyof typeof SIGNS): Promise<number> {
    const pids = await this.#candidates(victim);
    return pids[this.#random(pids.length - 1)] ?? 0;
  }

  /** The processes of a kind that are at work, or all of them: an idle execution environment is stopped. */
  async #candidates(victim: keyof typeof SIGNS): Promise<readonly number[]> {
    let found: readonly ProcessRow[] = [];
    await waitFor(
      async () => {
        found = (await this.#processes()).filter(({ command }) => command.includes(SIGNS[victim]));
        return found.length > 0;
      },
      { what: `a ${victim} process`, timeoutMs: VICTIM_TIMEOUT_MS },
    );
    const atWork = found.filter(({ state }) => !state.startsWith('T'));
    return (atWork.length > 0 ? atWork : found).map(({ pid }) => pid);
  }
}

/** @param pid - negative for a process group. @returns whether there was one. */
function killIfThere(pid: number): boolean {
  if (pid === 0) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
