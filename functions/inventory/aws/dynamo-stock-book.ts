import { PutItemCommand, TransactWriteItemsCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { OpenReservation, ReservationRequest, StockBook } from '../ports.ts';
import type { StockReader } from '../rehearsal-stock-book.ts';
import { sumBySku } from '../reservation-request.ts';
import type { EffectFailure } from '../../kernel/outcome-of-failure.ts';
import type { Pacing } from '../../kernel/pacing.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { writeConditionally } from '../../aws/conditional-write.ts';
import { insertItems } from '../../aws/insert-items.ts';
import { readItems } from '../../aws/read-items.ts';
import { readItem, type StoredItem } from '../../aws/stored-item.ts';
import { cancelAttributes } from '../../aws/event-marks.ts';
import { findItem } from '../../aws/find-item.ts';
import type { ItemExpiry } from '../../aws/item-expiry.ts';
import { readMetReservation, readReservation, reservationItemKey } from './reservation-item.ts';
import {
  cancelReservation,
  giveBackStock,
  newReservation,
  newReservationItem,
  placedReservation,
  stockItemKey,
  takeStock,
  type TargetedAction,
} from './stock-actions.ts';
import { sendTransaction } from './stock-transaction.ts';

interface StockTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** For writes that the store asks to send again a little later. */
  readonly pacing: Pacing;
  /** For reservations that hold nothing any more; open ones do not expire. */
  readonly expiry: ItemExpiry;
}

/** Reservations and stock in one table, so that one transaction writes both. */
export function dynamoStockBook(table: StockTable): StockBook {
  const { client, tableName, expiry } = table;
  const putReservation = (orderId: string, attributes: Parameters<typeof newReservation>[2]) =>
    writeConditionally(
      () => client.send(new PutItemCommand(newReservation(tableName, orderId, attributes))),
      (stored) => readMetReservation(orderId, stored),
    );
  return {
    reserve: (requests) => transact(table, reserveActions(tableName, requests)),
    release: (reservation, cancellation) =>
      transact(table, [
        cancelReservation(tableName, reservation, cancellation, expiry()),
        ...heldLines(reservation).map((line) => giveBackStock(tableName, line)),
      ]),
    readStock: (skus) => readStock(table, skus),
    recordBackorders: (requests) =>
      insertItems(
        table,
        requests.map((request) =>
          newReservationItem(request.orderId, placedReservation('BACKORDERED', request)),
        ),
        (stored, index) => readMetReservation(requests[index]?.orderId ?? '', stored),
      ),
    barReservation: ({ orderId, cancelled }) =>
      putReservation(orderId, {
        status: 'CANCELLED',
        lines: [],
        ...cancelAttributes(cancelled),
        expiresAt: expiry(),
      }),
    findReservation: (orderId) => findReservation(table, orderId),
  };
}

function reserveActions(tableName: string, requests: readonly ReservationRequest[]): TargetedAction[] {
  const reservations = requests.map((request): TargetedAction => {
    const { orderId } = request;
    const Put = newReservation(tableName, orderId, placedReservation('RESERVED', request));
    return { target: { kind: 'reservation', orderId }, action: { Put } };
  });
  const lines = sumBySku(requests.flatMap((request) => request.lines));
  return [...reservations, ...lines.map((line) => takeStock(tableName, line))];
}

/** A back-order waits for goods and holds none. */
function heldLines({ status, lines }: OpenReservation) {
  return status === 'RESERVED' ? lines : [];
}

/** The SDK gives each call its own token, so that its own retries cannot write twice. */
function transact({ client }: StockTable, actions: readonly TargetedAction[]) {
  const TransactItems = actions.map(({ action }) => action);
  return sendTransaction(
    () => client.send(new TransactWriteItemsCommand({ TransactItems })),
    actions.map(({ target }) => target),
    readMetReservation,
  );
}

/** Stock that is not a number counts as none, as in the condition of a transaction. */
async function readStock(
  table: StockTable,
  skus: ReadonlySet<string>,
): Promise<Result<ReadonlyMap<string, number>, EffectFailure>> {
  const names = [...skus];
  const read = await readItems(table, names.map(stockItemKey));
  if (!read.ok) return read;
  return ok(new Map(names.map((sku, index) => [sku, piecesOf(read.value[index])])));
}

function piecesOf(item: StoredItem | undefined): number {
  return Number(item?.['available']?.N ?? 0);
}

function findReservation({ client, tableName }: Pick<StockTable, 'client' | 'tableName'>, orderId: string) {
  return findItem(client, tableName, reservationItemKey(orderId), (stored) =>
    readReservation(orderId, stored),
  );
}

const StockItem = z.object({ available: z.number(), reserved: z.number() });

/** For a rehearsal: what the book would find, and nothing that writes. */
export function dynamoStockReader(table: Pick<StockTable, 'client' | 'tableName'>): StockReader {
  return {
    findReservation: (orderId) => findReservation(table, orderId),
    findStock: (sku) =>
      findItem(table.client, table.tableName, stockItemKey(sku), (stored) => {
        const item = readItem(StockItem, stored);
        return item.ok ? ok(item.value ?? { available: 0, reserved: 0 }) : item;
      }),
  };
}
