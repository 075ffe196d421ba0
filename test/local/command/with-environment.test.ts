import { describe, expect, test } from '@jest/globals';
import { workIn } from '../../../local/command/with-environment.ts';
import {
  requireAsked,
  type LaunchingEnvironment,
  type RunningEnvironment,
} from '../../../local/environment/processes/launch-environment.ts';
import type { StopCause } from '../../../local/environment/start/stop-cause.ts';

const BROKEN: StopCause = { kind: 'broken', reason: 'Apache Kafka ended by itself (SIGKILL).' };
const ASKED: StopCause = { kind: 'asked' };

const description = {} as RunningEnvironment['description'];

/** An environment that is up, and ends for this reason when `end` is called, or when it is stopped. */
function launched(cause: StopCause): { launching: LaunchingEnvironment; end: () => void } {
  const gone = Promise.withResolvers<void>();
  const end = (): void => {
    gone.resolve();
  };
  const whenEnded = async (): Promise<void> => {
    await gone.promise;
    requireAsked(cause);
  };
  const ended = whenEnded();
  return {
    end,
    launching: {
      ready: Promise.resolve({ description, ended }),
      stop: async () => {
        end();
        await ended.catch(() => undefined);
        return cause;
      },
    },
  };
}

const notInterrupted = new AbortController().signal;

const REASON = 'The local environment ended by itself: Apache Kafka ended by itself (SIGKILL).';

describe('work in an environment', () => {
  test('gives its result when the environment stays up', async () => {
    const { launching } = launched(ASKED);

    const result = await workIn(launching, notInterrupted, () => Promise.resolve('done'));

    expect(result).toBe('done');
  });

  test('ends without an error when the environment is asked to stop', async () => {
    const { launching, end } = launched(ASKED);

    const working = workIn(launching, notInterrupted, ({ ended }) => ended);
    end();

    await expect(working).resolves.toBeUndefined();
  });

  test('fails with the reason when the environment breaks, although the work would wait for ever', async () => {
    const { launching, end } = launched(BROKEN);

    const working = workIn(launching, notInterrupted, () => new Promise(() => undefined));
    end();

    await expect(working).rejects.toThrow(REASON);
  });

  test('fails with the reason for which the environment broke, and not with the error of the work', async () => {
    const { launching } = launched(BROKEN);

    const working = workIn(launching, notInterrupted, () => Promise.reject(new Error('ECONNREFUSED')));

    await expect(working).rejects.toThrow(REASON);
  });

  test('fails with its own error in an environment that is well', async () => {
    const { launching } = launched(ASKED);

    const working = workIn(launching, notInterrupted, () => Promise.reject(new Error('wrong count')));

    await expect(working).rejects.toThrow('wrong count');
  });

  test('has no say after an interruption', async () => {
    const { launching } = launched(ASKED);

    const working = workIn(launching, AbortSignal.abort(), () => Promise.reject(new Error('ECONNREFUSED')));

    await expect(working).resolves.toBeUndefined();
  });
});
