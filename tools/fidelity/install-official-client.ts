import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version whose behaviour our own bootstrap implements. */
const VERSION = '4.0.2';

const TOOLS = ['cmake', 'g++', 'make', 'python3', 'tar', 'xz'];

/**
 * Installs AWS's own runtime client into the folder, unless it is there, and gives the path of its program. Its native
 * part is compiled, which takes a minute. Throws what is missing when that fails.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export function installOfficialClient(project: string): string {
  const folder = join(project, '.local/fidelity', VERSION);
  const client = join(folder, 'node_modules/aws-lambda-ric');
  if (!existsSync(join(client, 'rapid-client.node'))) install(folder);
  if (!existsSync(join(client, 'rapid-client.node'))) throw new Error(whyNot(folder));
  return join(client, 'index.mjs');
}

function install(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // npm will soon run only the scripts of allowed packages.
  const allowed = { private: true, allowScripts: { 'aws-lambda-ric': true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(allowed));
  console.error(`Installing aws-lambda-ric ${VERSION}; compiling it takes a minute …`);
  const { stdout, stderr } = spawnSync('npm', ['install', '--no-audit', `aws-lambda-ric@${VERSION}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  writeFileSync(join(folder, 'install.log'), stdout + stderr);
}

function whyNot(folder: string): string {
  const missing = TOOLS.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  const reason =
    process.platform === 'linux'
      ? missing.map((tool) => `${tool} is missing`).join(', ') || 'npm install failed'
      : `it builds on Linux only, and this is ${process.platform}`;
  return `aws-lambda-ric ${VERSION} cannot be installed: ${reason}; see ${join(folder, 'install.log')}`;
}
