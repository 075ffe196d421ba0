/**
 * `npm test`: runs Jest in ESM mode on the Node.js that the lock file brings.
 * Arguments are passed on, so `npm test -- --selectProjects unit` works.
 *
 * `npm run test:localstack` names a project that fetches 300 MB; it runs where it is named and nowhere else.
 *
 * A run has a temporary folder of its own, which goes when it ends: what the CDK, the guards and npm leave there goes along.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const args = process.argv.slice(2);
const unnamed = args.includes('localstack') ? [] : ['--ignoreProjects', 'localstack'];
const jestBin = createRequire(import.meta.url).resolve('jest/bin/jest');
const temporary = mkdtempSync(join(tmpdir(), 'order-events-test-'));
const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jestBin, ...args, ...unnamed],
  { stdio: 'inherit', env: { ...process.env, TMPDIR: temporary } },
);
// A terminal sends Ctrl-C to Jest as well; the folder is in use until Jest has ended.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => jest.kill());
jest.on('exit', (code, signal) => {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  process.exit(signal === null ? (code ?? 1) : 1);
});
