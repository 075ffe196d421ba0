import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectDirectory } from '../../../cli/project-folders.ts';

/** How a command ended. */
export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command of `orders` as in another terminal, for the environment that has this folder.
 *
 * @param directory - what ORDERS_LOCAL_DIRECTORY says.
 */
export async function orders(directory: string, ...args: readonly string[]): Promise<Finished> {
  const env = { ...process.env, ORDERS_LOCAL_DIRECTORY: directory };
  try {
    const run = promisify(execFile)('npm', ['run', '--silent', 'orders', '--', ...args], {
      cwd: projectDirectory,
      env,
    });
    return { exitCode: 0, ...(await run) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}
