import { expect, test } from '@jest/globals';
import { watchAnswers } from '../../../../local/environment/mappings/watch-answers.ts';

test('an outage is logged once, and its end once', async () => {
  const told: string[] = [];
  let isDead = false;
  const ask = watchAnswers(() => (isDead ? Promise.reject(new Error('refused')) : Promise.resolve()), {
    what: 'The endpoint',
    tell: (line) => told.push(line),
  });

  for (const dead of [false, true, true, false, false]) {
    isDead = dead;
    await ask();
  }

  expect(told).toEqual([
    'WARN The endpoint has stopped answering: Error: refused',
    'INFO The endpoint answers again.',
  ]);
});
