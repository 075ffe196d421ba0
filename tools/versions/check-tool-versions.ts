/**
 * Part of `npm run check`: checks that the tools have the versions that were tested together. Another package can
 * take over the name of some (`tsc`), and some have a stray release that a loose range would install (`aws-cdk`
 * 3.0.0).
 */
import { execFileSync } from 'node:child_process';

const EXPECTED: readonly { command: string; args: readonly string[]; version: RegExp; why: string }[] = [
  {
    command: 'node',
    args: ['--version'],
    version: /^v24\./,
    why: 'Node.js 24 runs the TypeScript files as they are',
  },
  {
    command: 'tsc',
    args: ['--version'],
    version: /^Version 7\./,
    why: 'the native compiler checks the types',
  },
  {
    command: 'cdk',
    args: ['--version'],
    version: /^2\./,
    why: 'the toolkit of CDK 2; 3.0.0 is a stray release',
  },
];

const wrong = EXPECTED.flatMap(({ command, args, version, why }) => {
  const found = execFileSync(command, args, { encoding: 'utf8' }).trim();
  return version.test(found) ? [] : [`${command} is ${found}, but should match ${version.source}: ${why}.`];
});

for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
