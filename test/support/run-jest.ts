/**
 * `npm test`: runs Jest in ESM mode on the Node.js that the lock file brings.
 * Arguments are passed on, so `npm test -- --selectProjects unit` works.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const jestBin = createRequire(import.meta.url).resolve('jest/bin/jest');
const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jestBin, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
jest.on('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 1) : 1);
});
