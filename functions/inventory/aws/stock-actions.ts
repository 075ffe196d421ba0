import type { Put, TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Cancellation, OpenReservation, ReservationRequest, SkuQuantity } from '../ports.ts';
import { STOCK_SORT_KEY, skuKey } from '../../kernel/table-keys.ts';
import { cancelUpdate, placedAttributes } from '../../aws/event-marks.ts';
import { reservationItemKey } from './reservation-item.ts';
import type { Target } from './stock-transaction.ts';

/** An action of a transaction, with what it writes: the reasons of a refusal are told apart by that. */
export interface TargetedAction {
  readonly target: Target;
  readonly action: TransactWriteItem;
}

type ReservationAttributes = Readonly<Record<string, unknown>> & { readonly status: string };

export function newReservationItem(orderId: string, attributes: ReservationAttributes) {
  return { ...reservationItemKey(orderId), ...attributes };
}

export function stockItemKey(sku: string) {
  return { pk: skuKey(sku), sk: STOCK_SORT_KEY };
}

/** A reservation where there is none yet. */
export function newReservation(
  tableName: string,
  orderId: string,
  attributes: ReservationAttributes,
): Put & { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } {
  return {
    TableName: tableName,
    Item: marshall(newReservationItem(orderId, attributes)),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

export function placedReservation(
  status: OpenReservation['status'],
  { lines, placed }: ReservationRequest,
): ReservationAttributes {
  return { status, lines, ...placedAttributes(placed) };
}

/** Cancels a reservation that is still in the state that was read, and lets it expire. */
export function cancelReservation(
  tableName: string,
  { orderId, status }: OpenReservation,
  { cancelled }: Cancellation,
  expiresAt: number,
): TargetedAction {
  const { set, values } = cancelUpdate(cancelled);
  const Update: Update = {
    TableName: tableName,
    Key: marshall(reservationItemKey(orderId)),
    UpdateExpression: `SET #status = :cancelled, ${set}, expiresAt = :expiresAt`,
    ConditionExpression: 'attribute_not_exists(cancelEventId) AND #status = :read',
    // `status` is a reserved word of DynamoDB.
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: marshall({
      ':cancelled': 'CANCELLED',
      ':read': status,
      ...values,
      ':expiresAt': expiresAt,
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
  return { target: { kind: 'reservation', orderId }, action: { Update } };
}

/** Fails where there is too little, and where there is no such sku. */
export function takeStock(tableName: string, line: SkuQuantity): TargetedAction {
  return changeStock(tableName, line, {
    UpdateExpression: 'SET available = available - :quantity, reserved = reserved + :quantity',
    ConditionExpression: 'available >= :quantity',
  });
}

export function giveBackStock(tableName: string, line: SkuQuantity): TargetedAction {
  return changeStock(tableName, line, {
    UpdateExpression: 'SET available = available + :quantity, reserved = reserved - :quantity',
    ConditionExpression: 'reserved >= :quantity',
  });
}

function changeStock(
  tableName: string,
  { sku, quantity }: SkuQuantity,
  change: Pick<Update, 'ConditionExpression'> & { UpdateExpression: string },
): TargetedAction {
  const Update: Update = {
    TableName: tableName,
    Key: marshall(stockItemKey(sku)),
    ...change,
    ExpressionAttributeValues: marshall({ ':quantity': quantity }),
  };
  return { target: { kind: 'stock', sku }, action: { Update } };
}
