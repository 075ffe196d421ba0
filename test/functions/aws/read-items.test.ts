import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { readItems } from '../../../functions/aws/read-items.ts';
import { sdkError, stubClient } from './stub-client.ts';

const key = (name: string) => ({ pk: `SKU#${name}`, sk: 'STOCK' });
const found = (...names: readonly string[]) => ({
  Responses: { things: names.map((name) => marshall({ ...key(name), name })) },
});
const unread = (...names: readonly string[]) => ({
  UnprocessedKeys: { things: { Keys: names.map((name) => marshall(key(name))) } },
});

async function read(names: readonly string[], ...answers: readonly unknown[]) {
  const { client, sent } = stubClient<DynamoDBClient>(...answers);
  const table = {
    client,
    tableName: 'things',
    pacing: { pause: () => Promise.resolve(), random: () => 0 },
  };
  const items = await readItems(table, names.map(key));
  return {
    names: items.ok ? items.value.map((item) => item?.['name']?.S) : items.error.code,
    calls: sent.length,
  };
}

describe('items of many keys', () => {
  test('come in the order of the keys, with a gap where there is none', async () => {
    const seen = await read(['a', 'b', 'c'], found('c', 'a'));

    expect(seen).toEqual({ names: ['a', undefined, 'c'], calls: 1 });
  });

  test('that a busy partition leaves out are asked for again', async () => {
    const seen = await read(['a', 'b'], { ...found('a'), ...unread('b') }, found('b'));

    expect(seen).toEqual({ names: ['a', 'b'], calls: 2 });
  });

  test('are not known while some are left out three times', async () => {
    const seen = await read(['a'], unread('a'), unread('a'), unread('a'));

    expect(seen).toEqual({ names: 'store-unavailable', calls: 3 });
  });

  test('are not known when the store does not answer', async () => {
    const seen = await read(['a'], sdkError('TimeoutError'));

    expect(seen).toEqual({ names: 'store-unavailable', calls: 1 });
  });

  test('are asked for 100 at a time', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `s${index}`);

    const seen = await read(names, found(...names.slice(0, 100)), found(...names.slice(100)));

    expect(seen).toEqual({ names, calls: 2 });
  });
});
