import { expect, test } from '@jest/globals';
import { runMinutes } from '../../../../local/environment/minutes/minute-loop.ts';

test('each minute is published, ended and judged, one after the other, also after a failure', async () => {
  const done: string[] = [];
  const failures: string[] = [];
  const third = Promise.withResolvers<void>();
  let minutes = 0;
  const stop = runMinutes(
    {
      now: () => minutes * 60_000,
      nextMinute: () => {
        minutes += 1;
        return Promise.resolve();
      },
    },
    {
      publish: (minute) => {
        done.push(`publish ${minute}`);
        if (minute === 2) third.resolve();
        return minute === 0 ? Promise.reject(new Error('no broker')) : Promise.resolve();
      },
      judge: (now) => {
        done.push(`judge at ${now / 60_000}`);
        return now === 120_000 ? Promise.reject(new Error('no endpoint')) : Promise.resolve();
      },
    },
    (error) => failures.push(String(error)),
  );

  await third.promise;
  await stop();

  expect({ done: done.slice(0, 5), failures }).toEqual({
    done: ['publish 0', 'judge at 1', 'publish 1', 'judge at 2', 'publish 2'],
    failures: ['Error: no broker', 'Error: no endpoint'],
  });
});
