import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { benchDirectory } from '../harness/folders.ts';
import type { Store } from './store.ts';

/** Starts a store that checks conditions in memory and answers after DynamoDB's typical time. */
export async function startMockStore(): Promise<Store> {
  const child = fork(join(benchDirectory, 'store', 'mock-store-process.ts'), { stdio: 'inherit' });
  const [message] = (await once(child, 'message')) as [{ readonly port: number }];
  const endpoint = `http://127.0.0.1:${message.port}`;
  return {
    endpoint,
    setStock: async (stock) => {
      await fetch(`${endpoint}/stock`, { method: 'POST', body: JSON.stringify(stock) });
    },
    takeCounts: async () => (await (await fetch(endpoint)).json()) as Record<string, number>,
    stop: () => {
      child.kill();
      return Promise.resolve();
    },
  };
}
