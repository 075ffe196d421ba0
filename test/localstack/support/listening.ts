import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { processesOf, type ProcessRow } from '../../environment/process-table.ts';

const LISTENING = '0A';

/** A process with all that came from it, and nothing else of its process group. */
export async function descendantsOf(pid: number): Promise<readonly ProcessRow[]> {
  const rows = await processesOf(pid);
  const family = new Set([pid]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const row of rows) if (family.has(row.parent)) family.add(row.pid);
  }
  return rows.filter((row) => family.has(row.pid));
}

/** The IP addresses on which processes accept TCP connections, one for each socket. Linux alone tells it so. */
export async function listeningAddresses(processes: readonly ProcessRow[]): Promise<readonly string[]> {
  const own = new Set((await Promise.all(processes.map(({ pid }) => socketsOf(pid)))).flat());
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8')));
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTENING && own.has(`socket:[${inode}]`))
    .map(([, local = '']) => addressOf(local.slice(0, local.indexOf(':'))));
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = join('/proc', String(pid), 'fd');
  const links = await readdir(folder).then(
    (names) => Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => ''))),
    () => [],
  );
  return links.filter((link) => link.startsWith('socket:'));
}

/** Four bytes at a time, each group backwards. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, 'hex')].toReversed());
  const tail = bytes.slice(-4).join('.');
  if (bytes.length === 4) return tail;
  const head = Buffer.from(bytes.slice(0, 12)).toString('hex');
  if (head === '00000000000000000000ffff') return `::ffff:${tail}`;
  return head === '0'.repeat(24) && tail === '0.0.0.1' ? '::1' : Buffer.from(bytes).toString('hex');
}
