import * as z from 'zod/mini';
import {
  INVOICE_SORT_KEY,
  PARTITION_KEY,
  RESERVATION_SORT_KEY,
  orderKey,
} from '../../functions/kernel/table-keys.ts';
import { withTableClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import { findOutbox, jsonReader, type SentMessage } from './outbox.ts';
import { scanItems } from './scan-items.ts';
import { readGroups } from '@order-events/kafka-tools';
import { readDeadLetterDepths } from '../status/dead-letter-depths.ts';
import type { StatusReport } from '../status/status-report.ts';
import { readStock, type StockLevel } from '../commands/stock-table.ts';

/** What the consumers did, as their tables and the emulator's outbox show it, and how far their groups are. */
export interface Effects {
  readonly invoices: readonly Invoice[];
  readonly reservations: readonly Reservation[];
  readonly stock: readonly StockLevel[];
  readonly emails: readonly SentMessage[];
  readonly sms: readonly SentMessage[];
  readonly status: Pick<StatusReport, 'topic' | 'groups' | 'deadLetterQueues'>;
}

export interface Invoice {
  readonly orderId: string;
  /** In minor units of the currency. */
  readonly totalMinor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Reservation {
  readonly orderId: string;
  /** `RESERVED`, `BACKORDERED` or `CANCELLED`. */
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** An order that was cancelled first has an item here and no invoice in it. */
const invoiceItem = z.object({
  [PARTITION_KEY]: z.string(),
  invoiceId: z.optional(z.string()),
  totalMinor: z.optional(z.int()),
  currency: z.optional(z.string()),
});

const reservationItem = z.object({
  [PARTITION_KEY]: z.string(),
  status: z.string(),
  lines: z.optional(z.array(z.object({ sku: z.string(), quantity: z.int() }))),
});

/** Reads all of it at once. For the local environment: AWS keeps no record of the messages that it sent. */
export async function readEffects(target: Target): Promise<Effects> {
  const outbox = await findOutbox(jsonReader(localEndpoint(target)));
  const [tables, emails, sms, groups, deadLetterQueues] = await Promise.all([
    readTables(target),
    outbox.emails(),
    outbox.sms(),
    target.kafka().then(readGroups),
    readDeadLetterDepths(target),
  ]);
  return {
    ...tables,
    emails,
    sms,
    status: { topic: target.outputs.topicName, groups, deadLetterQueues },
  };
}

async function readTables(target: Target): Promise<Pick<Effects, 'invoices' | 'reservations' | 'stock'>> {
  const { billing, inventory } = target.outputs.tableNames;
  return await withTableClient(target, async (client) => {
    const [invoices, reservations, stock] = await Promise.all([
      scanItems(client, billing, INVOICE_SORT_KEY),
      scanItems(client, inventory, RESERVATION_SORT_KEY),
      readStock(client, inventory),
    ]);
    return { invoices: invoices.flatMap(toInvoice), reservations: reservations.map(toReservation), stock };
  });
}

function localEndpoint({ name, awsClientConfig }: Target): string {
  if (awsClientConfig.endpoint === undefined) {
    throw new Error(`Sent messages can be read only from a local endpoint, and ${name} has none.`);
  }
  return awsClientConfig.endpoint;
}

function toInvoice(item: unknown): readonly Invoice[] {
  const { [PARTITION_KEY]: key, invoiceId, totalMinor, currency } = z.parse(invoiceItem, item);
  return invoiceId === undefined || totalMinor === undefined || currency === undefined
    ? []
    : [{ orderId: orderIdOf(key), totalMinor, currency }];
}

function toReservation(item: unknown): Reservation {
  const { [PARTITION_KEY]: key, status, lines = [] } = z.parse(reservationItem, item);
  return { orderId: orderIdOf(key), status, lines };
}

function orderIdOf(key: string): string {
  return key.slice(orderKey('').length);
}
