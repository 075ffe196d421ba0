import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import { stackNames } from '../connection/stage-outputs.ts';

const LONGEST = 600;
/** A function's own line about a failure, or the runtime's. Lambda's REPORT line says less and follows it. */
const FAILURE = /"level":"(?:WARN|ERROR|CRITICAL)"|"errorType":|\tERROR\t|Task timed out after/;
const FAILED_REPORT = /^REPORT .*Status: /;

/** The last failure that each consumer's function wrote to its log, a sentence each; nothing of one that wrote none. */
export async function lastErrors({
  name,
  outputs,
  logsDirectory,
}: Pick<EnvironmentDescription, 'name' | 'outputs' | 'logsDirectory'>): Promise<readonly string[]> {
  const functions = Object.entries(outputs[stackNames(name).consumers] ?? {})
    .filter(([output]) => output.endsWith('FunctionName'))
    .map(([, functionName]) => functionName);
  const texts = await Promise.all(
    functions.map(async (functionName) => {
      const error = lastError(await readLog(join(logsDirectory, `${functionName}.log`)));
      return error === undefined ? [] : [`${functionName} wrote last: ${error}`];
    }),
  );
  return texts.flat();
}

/** The last line of a function's log that tells a failure, shortened; undefined where none does. */
export function lastError(log: string): string | undefined {
  const lines = log.split('\n').map((line) => line.trim());
  const line =
    lines.findLast((text) => FAILURE.test(text)) ?? lines.findLast((text) => FAILED_REPORT.test(text));
  return line === undefined || line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}

/** A function that was never invoked has none. */
async function readLog(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
}
