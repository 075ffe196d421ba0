import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Invoice, InvoiceBook, OrderBill } from '../ports.ts';
import type { FindBill } from '../rehearsal-invoice-book.ts';
import { ok } from '../../kernel/result.ts';
import { INVOICE_SORT_KEY, orderKey } from '../../kernel/table-keys.ts';
import { writeConditionally } from '../../aws/conditional-write.ts';
import {
  cancelAttributes,
  cancelUpdate,
  markAttributes,
  marksOf,
  placedAttributes,
} from '../../aws/event-marks.ts';
import { findItem } from '../../aws/find-item.ts';
import { insertItems, type NewItem } from '../../aws/insert-items.ts';
import type { ItemTable } from '../../aws/read-items.ts';
import { readItem, type StoredItem } from '../../aws/stored-item.ts';

const InvoiceItem = z.object(markAttributes);

/** One item per order, without expiry: at most one invoice, for ever. */
export function dynamoInvoiceBook(table: ItemTable): InvoiceBook {
  const { client, tableName } = table;
  const putNew = (orderId: string, attributes: Record<string, unknown>) =>
    writeConditionally(
      () =>
        client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall({ ...keyOf(orderId), ...attributes }),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      readBill,
    );
  return {
    recordInvoices: (invoices) => insertItems(table, invoices.map(invoiceItem), readBill),
    barInvoice: ({ orderId, cancelled }) => putNew(orderId, cancelAttributes(cancelled)),
    recordCreditNote: ({ orderId, creditNoteId, cancelled }) =>
      writeConditionally(
        () =>
          client.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: marshall(keyOf(orderId)),
              UpdateExpression: `SET creditNoteId = :creditNoteId, ${cancelUpdate(cancelled).set}`,
              ConditionExpression: 'attribute_exists(invoiceId) AND attribute_not_exists(cancelEventId)',
              ExpressionAttributeValues: marshall({
                ':creditNoteId': creditNoteId,
                ...cancelUpdate(cancelled).values,
              }),
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        readBill,
      ),
  };
}

function invoiceItem({ orderId, placed, ...invoice }: Invoice): NewItem {
  return { ...keyOf(orderId), ...invoice, ...placedAttributes(placed) };
}

/** For a rehearsal: what the book would find. */
export function dynamoFindBill({ client, tableName }: Omit<ItemTable, 'pacing'>): FindBill {
  return (orderId) =>
    findItem(client, tableName, keyOf(orderId), (stored) =>
      stored === undefined ? ok(undefined) : readBill(stored),
    );
}

function keyOf(orderId: string) {
  return { pk: orderKey(orderId), sk: INVOICE_SORT_KEY };
}

function readBill(stored: StoredItem | undefined) {
  const item = readItem(InvoiceItem, stored);
  return item.ok ? ok<OrderBill>(marksOf(item.value ?? {})) : item;
}
