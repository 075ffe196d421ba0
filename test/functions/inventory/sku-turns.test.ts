import { describe, expect, test } from '@jest/globals';
import { skuTurns } from '../../../functions/inventory/sku-turns.ts';

/** Work that notes its start and end; it ends when told to. */
function workshop() {
  const log: string[] = [];
  const end = new Map<string, (how: 'well' | 'badly') => void>();
  const work = (name: string) => () => {
    log.push(`${name} starts`);
    return new Promise<void>((resolve, reject) => {
      end.set(name, (how) => {
        log.push(`${name} ends`);
        if (how === 'well') resolve();
        else reject(new Error(name));
      });
    });
  };
  return { log, work, end: (name: string, how: 'well' | 'badly' = 'well') => end.get(name)?.(how) };
}

/** Lets everything run that waits for nothing from outside. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('turns', () => {
  test('run work on a common sku in order, and other work at the same time', async () => {
    const turns = skuTurns();
    const { log, work, end } = workshop();

    const all = [
      turns.take(['apple', 'pear'], work('first')),
      turns.take(['pear', 'fig'], work('second')),
      turns.take(['plum'], work('third')),
    ];
    await settle();
    end('first');
    await settle();
    end('second');
    end('third');
    await Promise.all(all);

    expect(log).toEqual([
      'first starts',
      'third starts',
      'first ends',
      'second starts',
      'second ends',
      'third ends',
    ]);
  });

  test('go on after work that failed', async () => {
    const turns = skuTurns();
    const { log, work, end } = workshop();

    const first = turns.take(['apple'], work('first'));
    const second = turns.take(['apple'], work('second'));
    await settle();
    end('first', 'badly');
    await expect(first).rejects.toThrow('first');
    await settle();
    end('second');
    await second;

    expect(log).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
  });
});
