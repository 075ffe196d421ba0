import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLambdaHost } from '../../../local/lambda/lambda-host.ts';
import { REGION } from './queues.ts';
import { deployRecordingFunction, readJournals, type JournalCall } from './recording-function.ts';

/** A function in execution environments of its own that takes its time. */
export interface RunningFunction {
  readonly arn: string;
  readonly endpoint: string;
  /** All calls so far, in the order in which they began. */
  calls(): Promise<readonly JournalCall[]>;
}

/** Runs a recording function behind Lambda's Invoke API. @param callMs - how long a call takes besides writing. */
export async function runRecordingFunction(
  callMs: number,
  onTestEnd: (cleanUp: () => unknown) => void,
): Promise<RunningFunction> {
  const directory = await mkdtemp(join(tmpdir(), 'recording-function-'));
  onTestEnd(() => rm(directory, { recursive: true }));
  const { codeDirectory, journalDirectory } = await deployRecordingFunction(directory, callMs);
  const arn = `arn:aws:lambda:${REGION}:000000000000:function:recording`;
  const host = await startLambdaHost({
    functions: (functionName) =>
      Promise.resolve({
        functionName,
        functionArn: arn,
        codeDirectory,
        handler: 'index.handler',
        runtime: 'nodejs24.x',
        memorySizeMb: 128,
        timeoutSeconds: 30,
        environment: { JOURNAL_DIRECTORY: journalDirectory },
      }),
    onLog: () => undefined,
  });
  onTestEnd(() => host.close());
  return { arn, endpoint: host.endpoint, calls: () => readJournals(journalDirectory) };
}
