import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { backoffMs } from '../kernel/backoff.ts';
import { groupsOf } from '../kernel/groups-of.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { Pacing } from '../kernel/pacing.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { PARTITION_KEY, SORT_KEY } from '../kernel/table-keys.ts';
import { storeFailure, partialError } from './store-failure.ts';
import type { StoredItem } from './stored-item.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS = 100;

/** The first one included: as often as the SDK sends a call that is throttled as a whole. */
export const MAX_TRIES = 3;

export interface ItemKey {
  readonly [PARTITION_KEY]: string;
  readonly [SORT_KEY]: string;
}

export interface ItemTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** The backoff for keys that the store did not process. */
  readonly pacing: Pacing;
}

/** Reads items of distinct keys, never stale ones, in the order of the keys; undefined where there is none. */
export async function readItems(
  table: ItemTable,
  keys: readonly ItemKey[],
): Promise<Result<readonly (StoredItem | undefined)[], EffectFailure>> {
  try {
    const groups = await Promise.all(groupsOf(MAX_KEYS, keys).map((group) => readGroup(table, group)));
    const found = new Map(groups.flat().map((item) => [nameOf(item), item]));
    return ok(keys.map((key) => found.get(nameOf(marshallKey(key)))));
  } catch (error) {
    return err(storeFailure(error));
  }
}

/** Requests keys again that the store left out because a partition is busy. */
async function readGroup(table: ItemTable, keys: readonly ItemKey[]): Promise<readonly StoredItem[]> {
  const { tableName, pacing } = table;
  const found: StoredItem[] = [];
  let left: StoredItem[] = keys.map(marshallKey);
  for (let tries = 1; ; tries += 1) {
    const { Responses, UnprocessedKeys } = await getItems(table, left);
    found.push(...(Responses?.[tableName] ?? []));
    left = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (left.length === 0) return found;
    if (tries === MAX_TRIES) throw partialError('UnprocessedKeys');
    await pacing.pause(backoffMs(tries, pacing.random()));
  }
}

function getItems({ client, tableName }: ItemTable, Keys: StoredItem[]): Promise<BatchGetItemCommandOutput> {
  return client.send(
    new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
  );
}

function marshallKey({ [PARTITION_KEY]: pk, [SORT_KEY]: sk }: ItemKey): StoredItem {
  return marshall({ [PARTITION_KEY]: pk, [SORT_KEY]: sk });
}

function nameOf(item: StoredItem): string {
  return `${item[PARTITION_KEY]?.S} ${item[SORT_KEY]?.S}`;
}
