import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A running process below this one. */
export interface Descendant {
  readonly pid: number;
  readonly command: string;
}

const run = promisify(execFile);
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The processes that this one has started, directly or not; those that have ended and were not waited for stay out. */
export async function descendants(): Promise<readonly Descendant[]> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,stat=,args='], { maxBuffer: MOST_OUTPUT_BYTES });
  const rows = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const childrenOf = Map.groupBy(rows, ({ parent }) => parent);
  const found: Descendant[] = [];
  const open = [process.pid];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of childrenOf.get(pid) ?? []) {
      found.push(child);
      open.push(child.pid);
    }
  }
  return found;
}

/** @returns whether the process was still there. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
