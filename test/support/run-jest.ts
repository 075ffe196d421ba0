/**
 * `npm test`: runs Jest in ESM mode on the Node.js that the lock file brings.
 * Arguments are passed on, so `npm test -- --selectProjects unit` works.
 *
 * `npm run test:localstack` names a project that fetches 300 MB; it runs where it is named and nowhere else.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const args = process.argv.slice(2);
const unnamed = args.includes('localstack') ? [] : ['--ignoreProjects', 'localstack'];
const jestBin = createRequire(import.meta.url).resolve('jest/bin/jest');
const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jestBin, ...args, ...unnamed],
  { stdio: 'inherit' },
);
jest.on('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 1) : 1);
});
