import {
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { OpenReservation, ReservationRequest, StockBook } from '../ports.ts';
import { sumBySku } from '../reservation-request.ts';
import type { EffectFailure } from '../../kernel/outcome-of-failure.ts';
import type { Pacing } from '../../kernel/pacing.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { writeConditionally } from '../../aws/conditional-write.ts';
import { insertItems } from '../../aws/insert-items.ts';
import { readItems } from '../../aws/read-items.ts';
import type { StoredItem } from '../../aws/stored-item.ts';
import { cancelAttributes } from '../../aws/event-marks.ts';
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
import { storeFailure } from '../../aws/store-failure.ts';

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

async function findReservation({ client, tableName }: StockTable, orderId: string) {
  const Key = marshall(reservationItemKey(orderId));
  try {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    return readReservation(orderId, Item);
  } catch (error) {
    return err(storeFailure(error));
  }
}
