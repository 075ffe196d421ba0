import { BatchExecuteStatementCommand, type BatchStatementRequest } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { WriteAnswer } from '../idempotency/conditional-write.ts';
import { backoffMs } from '../kernel/backoff.ts';
import { groupsOf } from '../kernel/groups-of.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { MAX_TRIES, readItems, type ItemKey, type ItemTable } from './read-items.ts';
import { statementFate, type StatementFate } from './statement-fate.ts';
import { storeFailure } from './store-failure.ts';
import { UNREADABLE, type StoredItem } from './stored-item.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html */
const MAX_STATEMENTS = 25;

/** The number of single statements without an answer after which the others are not sent. */
const STORE_IS_AWAY = 3;

/** An item that is written only if its key does not exist. */
export type NewItem = ItemKey & Readonly<Record<string, unknown>>;

/** Reads what is stored under the key of the item with this index. */
export type ReadStored<T> = (stored: StoredItem, index: number) => Result<T, EffectFailure>;

type Statement = BatchStatementRequest;

/**
 * Inserts items of distinct keys, up to 25 with one request: each is a conditional write of its own, with its own answer, for the
 * write units of a single one. An item that is there already is not touched but read. Never rejects.
 *
 * An answer may be lost after the store has written: sent again, an item meets itself.
 */
export async function insertItems<T>(
  table: ItemTable,
  items: readonly NewItem[],
  read: ReadStored<T>,
): Promise<readonly WriteAnswer<T>[]> {
  const groups = groupsOf(MAX_STATEMENTS, items);
  const answers = await Promise.all(groups.map((group) => insertGroup(table, group)));
  return answers.flat().map((fate, index) => answerOf(fate, (stored) => read(stored, index)));
}

async function insertGroup(table: ItemTable, items: readonly NewItem[]): Promise<readonly StatementFate[]> {
  const statements = items.map((item) => insertStatement(table.tableName, item));
  return readMet(table, items, await sendUntilTaken(table, statements));
}

/**
 * `INSERT` fails where the key is taken.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html
 */
function insertStatement(tableName: string, item: NewItem): Statement {
  const attributes = marshall(item);
  const names = Object.keys(attributes).map((name) => `'${name}': ?`);
  return {
    Statement: `INSERT INTO "${tableName}" VALUE {${names.join(', ')}}`,
    Parameters: Object.values(attributes),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** Sends the statements again that met a busy partition, as the SDK does with a call that is throttled as a whole. */
async function sendUntilTaken(table: ItemTable, statements: readonly Statement[]): Promise<StatementFate[]> {
  const fates = await send(table, statements);
  for (let tries = 1; tries < MAX_TRIES; tries += 1) {
    const busy = [...fates.keys()].filter((index) => fates[index]?.kind === 'busy');
    if (busy.length === 0) break;
    await table.pacing.pause(backoffMs(tries, table.pacing.random()));
    const again = await send(
      table,
      busy.flatMap((index) => statements[index] ?? []),
    );
    for (const [place, index] of busy.entries()) fates[index] = again[place] ?? statementFate(undefined);
  }
  return fates;
}

async function send(table: ItemTable, statements: readonly Statement[]): Promise<StatementFate[]> {
  try {
    const Statements = [...statements];
    const { Responses } = await table.client.send(new BatchExecuteStatementCommand({ Statements }));
    return statements.map((_, index) => statementFate(Responses?.[index]));
  } catch (error) {
    if (statements.length > 1) return sendOneByOne(table, statements);
    return [{ kind: 'failed', failure: storeFailure(error) }];
  }
}

/**
 * Goes on after a call that failed as a whole, so that a statement which is at fault fails alone. Once several have found no
 * answer it is the store that is away, and the rest is not sent.
 */
async function sendOneByOne(table: ItemTable, statements: readonly Statement[]): Promise<StatementFate[]> {
  const fates: StatementFate[] = [];
  const withoutAnswer: StatementFate[] = [];
  for (const statement of statements) {
    const [fate = statementFate(undefined)] =
      withoutAnswer.length < STORE_IS_AWAY ? await send(table, [statement]) : withoutAnswer;
    if (fate.kind === 'failed' && fate.failure.code === 'store-unavailable') withoutAnswer.push(fate);
    fates.push(fate);
  }
  return fates;
}

/** Reads the items that are not in the answers. */
async function readMet(
  table: ItemTable,
  items: readonly NewItem[],
  fates: readonly StatementFate[],
): Promise<readonly StatementFate[]> {
  const unread = items.filter((_, index) => isUnread(fates[index]));
  if (unread.length === 0) return fates;
  const found = await readItems(table, unread);
  if (!found.ok)
    return fates.map((fate) => (isUnread(fate) ? { kind: 'failed', failure: found.error } : fate));
  const left = found.value.values();
  return fates.map((fate) => (isUnread(fate) ? { kind: 'met', item: left.next().value } : fate));
}

function isUnread(fate: StatementFate | undefined): boolean {
  return fate?.kind === 'met' && fate.item === undefined;
}

/** An item that was met and is gone again is a fault and no answer: nothing of ours deletes it so soon. */
function answerOf<T>(
  fate: StatementFate,
  read: (stored: StoredItem) => Result<T, EffectFailure>,
): WriteAnswer<T> {
  if (fate.kind === 'written') return ok({ kind: 'written' });
  if (fate.kind !== 'met') return err(fate.failure);
  const existing = fate.item === undefined ? err(UNREADABLE) : read(fate.item);
  return existing.ok ? ok({ kind: 'met', existing: existing.value }) : existing;
}
