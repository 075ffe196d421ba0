import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

const SHELLS = new Set(['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox']);
const CHECK_EVERY_MS = 1_000;

/**
 * Calls back once when the npm that started this process has ended. A killed npm does not notify its script: the
 * script only gets another parent. A shell, with which npm started the script, may be between the two.
 */
export async function onNpmGone(callback: () => void): Promise<void> {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const { command, parent: grandparent } = await processInfo(parent);
  const npm = SHELLS.has(command) ? grandparent : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    callback();
  }, CHECK_EVERY_MS).unref();
}

interface ProcessInfo {
  readonly command: string;
  readonly parent: number;
}

async function processInfo(pid: number): Promise<ProcessInfo> {
  return process.platform === 'linux' ? processInfoFromProc(pid) : processInfoFromPs(pid);
}

/**
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (the command is in parentheses, and may contain
 *   some)
 */
async function processInfoFromProc(pid: number): Promise<ProcessInfo> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const endOfCommand = stat.lastIndexOf(')');
  const [, parent] = stat.slice(endOfCommand + 2).split(' ');
  return { command: stat.slice(stat.indexOf('(') + 1, endOfCommand), parent: Number(parent) };
}

async function processInfoFromPs(pid: number): Promise<ProcessInfo> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=,comm=', '-p', String(pid)]);
  const [parent, ...command] = stdout.trim().split(/\s+/);
  return { command: basename(command.join(' ')), parent: Number(parent) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
