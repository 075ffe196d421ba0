import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** As `ps` writes it: Z is a process that ended and waits for its parent to notice. */
  readonly state: string;
  readonly command: string;
}

/**
 * All processes of this machine that have not ended. One that was killed shows its name in brackets until the system has
 * taken down its last thread, as those of the system itself do.
 */
async function runningProcesses(): Promise<readonly ProcessRow[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,command='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split('\n')
    .flatMap(parseRow)
    .filter(({ state, command }) => !state.startsWith('Z') && !command.startsWith('['));
}

/** A process with all that came from it, and everything in the process groups of those. */
export async function processesOf(pid: number): Promise<readonly ProcessRow[]> {
  const all = await runningProcesses();
  const family = new Set([pid]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const row of all) if (family.has(row.parent)) family.add(row.pid);
  }
  const groups = new Set(all.filter((row) => family.has(row.pid)).map(({ group }) => group));
  return all.filter((row) => family.has(row.pid) || groups.has(row.group));
}

/** What a process has started in process groups of their own, as environments are. */
export async function inOtherGroups(pid: number): Promise<readonly ProcessRow[]> {
  const processes = await processesOf(pid);
  const own = processes.find((row) => row.pid === pid)?.group;
  return processes.filter(({ group }) => group !== own);
}

/** Those of the processes that still run; a group catches what was started after they were listed. */
export async function survivorsOf(processes: readonly ProcessRow[]): Promise<readonly ProcessRow[]> {
  const pids = new Set(processes.map(({ pid }) => pid));
  const groups = new Set(processes.map(({ group }) => group));
  return (await runningProcesses()).filter(({ pid, group }) => pids.has(pid) || groups.has(group));
}

function parseRow(line: string): ProcessRow[] {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
  if (match === null) return [];
  const [, pid, parent, group, state = '', command = ''] = match;
  return [{ pid: Number(pid), parent: Number(parent), group: Number(group), state, command }];
}
