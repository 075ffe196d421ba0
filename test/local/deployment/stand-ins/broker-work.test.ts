import { expect, test } from '@jest/globals';
import { BrokerWork } from '../../../../local/deployment/stand-ins/broker-work.ts';

test('work at brokers is done in order, once, and not before they answer', async () => {
  const ready = Promise.withResolvers<void>();
  const done: string[] = [];
  const work = new BrokerWork(ready.promise);
  work.add(() => Promise.resolve(void done.push('first')));
  work.add(() => Promise.resolve(void done.push('second')));
  const ends = [work.done(), work.done()];
  await Promise.resolve();
  const before = [...done];

  ready.resolve();
  await Promise.all(ends);

  expect({ before, done }).toEqual({ before: [], done: ['first', 'second'] });
});

test('the error of work at brokers reaches everybody who waits for it', async () => {
  const work = new BrokerWork();
  work.add(() => Promise.reject(new Error('The topic has more partitions.')));

  const ends = await Promise.allSettled([work.done(), work.done()]);

  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
