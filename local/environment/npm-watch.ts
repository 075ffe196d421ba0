import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const SHELLS = new Set(['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox']);
const CHECK_EVERY_MS = 500;

/**
 * Calls back once when the npm that runs this process is gone. A killed npm tells its script nothing: the
 * script only gets another parent. Between the two there may be the shell that npm started the script with.
 */
export async function onNpmGone(callback: () => void): Promise<void> {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const viaShell = SHELLS.has(await commandName(parent));
  const npm = viaShell ? await parentOf(parent) : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    callback();
  }, CHECK_EVERY_MS).unref();
}

async function processField(field: 'comm' | 'ppid', pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', `${field}=`, '-p', String(pid)]);
  return stdout.trim();
}

async function commandName(pid: number): Promise<string> {
  return (await processField('comm', pid)).split('/').at(-1) ?? '';
}

async function parentOf(pid: number): Promise<number> {
  return Number(await processField('ppid', pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
