import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the CPU of a process in hundredths of a second. */
const TICK_MS = 10;
const KIB_PER_MIB = 1_024;

/** One process and what it has used since it began. */
export interface ProcessUsage {
  readonly pid: number;
  readonly command: string;
  /** Milliseconds of CPU, user and system. */
  readonly cpuMs: number;
  /** Memory in MiB; memory that processes share is divided among them. */
  readonly memoryMib: number;
  /** The most that it had in memory at any time, in MiB, shared memory included. */
  readonly peakMib: number;
}

/** Lists the processes of a process group. Linux only, as the benches are: it reads /proc. */
export function usageOfGroup(groupId: number): readonly ProcessUsage[] {
  return processIds()
    .filter((pid) => statOf(pid)?.group === groupId)
    .flatMap(usageOfProcess);
}

/** Reads one process; none when it has ended. */
export function usageOfProcess(pid: number): readonly ProcessUsage[] {
  const stat = statOf(pid);
  if (stat === undefined) return [];
  return [
    {
      pid,
      command: commandOf(pid),
      cpuMs: stat.cpuMs,
      memoryMib: mebibytesIn(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+)/m),
      peakMib: mebibytesIn(`/proc/${pid}/status`, /^VmHWM:\s+(\d+)/m),
    },
  ];
}

/** Lists the children of a process. @see https://man7.org/linux/man-pages/man5/proc_tid_children.5.html */
export function childrenOf(pid: number): readonly number[] {
  return contentOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** Finds the child of this process whose command line contains some text. @throws {Error} when there is none. */
export function childWith(text: string): number {
  const found = childrenOf(process.pid).find((pid) => commandOf(pid).includes(text));
  if (found === undefined) throw new Error(`No child of this process has ${text} in its command line.`);
  return found;
}

/** The CPU that the processes of a later list used since an earlier one, in milliseconds. */
export function cpuBetween(earlier: readonly ProcessUsage[], later: readonly ProcessUsage[]): number {
  const before = new Map(earlier.map(({ pid, cpuMs }) => [pid, cpuMs]));
  return later.reduce((sum, { pid, cpuMs }) => sum + cpuMs - (before.get(pid) ?? 0), 0);
}

/** The memory of all processes of a list, in MiB. */
export function memoryOf(processes: readonly ProcessUsage[]): number {
  return processes.reduce((sum, { memoryMib }) => sum + memoryMib, 0);
}

function processIds(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

interface Stat {
  readonly group: number;
  readonly cpuMs: number;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statOf(pid: number): Stat | undefined {
  const text = contentOf(`/proc/${pid}/stat`);
  // The name of the program, in parentheses, may contain anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [, , group] = fields;
  if (group === undefined) return undefined;
  const [user, system] = [fields[11], fields[12]].map(Number);
  return {
    group: Number(group),
    cpuMs: ((user ?? 0) + (system ?? 0)) * TICK_MS,
  };
}

function commandOf(pid: number): string {
  return contentOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

function mebibytesIn(path: string, pattern: RegExp): number {
  return Number(pattern.exec(contentOf(path))?.[1] ?? 0) / KIB_PER_MIB;
}

/** A process that has ended has no content. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
