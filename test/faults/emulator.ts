import { fork } from 'node:child_process';
import { once } from 'node:events';
import { processesOf, type ProcessRow } from '../environment/process-table.ts';

/** The parts of an emulator that can be killed. */
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

/** An emulator as a whole: its process, its pollers and its execution environments. */
export interface Emulator {
  /** All its processes right now. */
  processes(): Promise<readonly ProcessRow[]>;
  /** Kills the process and, as its guardian would, what is left of its group. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Lets open calls end and be committed. Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** @param onError - gets what its processes write to standard error. */
export function startEmulator(settings: EmulatorSettings, onError: (text: string) => void): Emulator {
  const child = fork(new URL('emulator-process.ts', import.meta.url), [JSON.stringify(settings)], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    onError(chunk.toString());
  });
  const exited = once(child, 'exit');
  const pid = child.pid ?? 0;
  return {
    processes: () => processesOf(pid),
    kill: async () => {
      killIfThere(pid);
      await exited;
      killIfThere(-pid);
    },
    stop: async () => {
      child.send('stop');
      await exited;
    },
  };
}

/** The processes of a kind, those that are at work first: an idle execution environment is stopped. */
export function candidates(processes: readonly ProcessRow[], victim: 'poller' | 'function'): number[] {
  const sign = victim === 'poller' ? 'poller-process' : 'lambda/bootstrap';
  return processes
    .filter(({ command }) => command.includes(sign))
    .toSorted((one, other) => Number(isStopped(one)) - Number(isStopped(other)))
    .map(({ pid }) => pid);
}

function isStopped({ state }: ProcessRow): boolean {
  return state.startsWith('T');
}

/** @param pid - negative for a process group. @returns whether there was one. */
export function killIfThere(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
