/**
 * `npm test`: runs Jest in ESM mode on the Node.js that the lock file brings.
 * Arguments are passed on, so `npm test -- --selectProjects unit` works.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const REQUIRED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < REQUIRED_MAJOR) {
  console.error(
    `The tests need Node.js ${REQUIRED_MAJOR}, but ${process.version} is running. ` +
      'Run them through npm (npm test) after npm ci, which installs the right one, or install Node.js 24.',
  );
  process.exit(1);
}

const jestBin = createRequire(import.meta.url).resolve('jest/bin/jest');
const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jestBin, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
jest.on('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 1) : 1);
});
