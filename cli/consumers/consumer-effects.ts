import * as z from 'zod/mini';
import {
  INVOICE_SORT_KEY,
  notificationSortKey,
  RESERVATION_SORT_KEY,
  SORT_KEY,
} from '../../functions/kernel/table-keys.ts';
import type { ByConsumer } from '../../lib/topology/by-consumer.ts';

/** What commands and the console show of an item: nothing of it tells who the customer is. */
export const shownItem = z.object({
  [SORT_KEY]: z.string(),
  status: z.optional(z.string()),
  invoiceId: z.optional(z.string()),
  creditNoteId: z.optional(z.string()),
  totalMinor: z.optional(z.number()),
  currency: z.optional(z.string()),
  lines: z.optional(z.array(z.object({ sku: z.string(), quantity: z.number() }))),
});

export type ShownItem = z.infer<typeof shownItem>;

/** What a consumer leaves in its table for an order. */
export interface ConsumerEffect {
  /** The sort key of the item that says that an order was handled. */
  readonly handledSortKey: string;
  /** Describes what an item stands for; empty when it stands for no effect. */
  readonly describe: (item: ShownItem) => readonly string[];
}

export const CONSUMER_EFFECTS: ByConsumer<ConsumerEffect> = {
  billing: {
    handledSortKey: INVOICE_SORT_KEY,
    describe: ({ invoiceId, creditNoteId, totalMinor, currency }) => [
      ...(invoiceId === undefined ? [] : [`invoice ${invoiceId}${amountText(totalMinor, currency)}`]),
      ...(creditNoteId === undefined ? [] : [`credit note ${creditNoteId}`]),
    ],
  },
  inventory: {
    handledSortKey: RESERVATION_SORT_KEY,
    describe: ({ status, lines = [] }) =>
      status === undefined
        ? []
        : [`${status.toLowerCase()}: ${lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')}`],
  },
  notifications: {
    handledSortKey: notificationSortKey('order.placed', 'email'),
    describe: ({ [SORT_KEY]: key, status }) => {
      const [type = '', channel = ''] = key.split('#');
      return status === undefined || channel === ''
        ? []
        : [`${channel} for ${type}: ${status.toLowerCase()}`];
    },
  },
};

function amountText(minor: number | undefined, currency: string | undefined): string {
  return minor === undefined || currency === undefined ? '' : ` over ${(minor / 100).toFixed(2)} ${currency}`;
}
