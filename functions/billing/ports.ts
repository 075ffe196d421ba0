import type { ConditionalWrite, WriteAnswer } from '../idempotency/conditional-write.ts';
import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import type { CurrencyCode } from '../kernel/currency.ts';

export interface Invoice {
  readonly orderId: string;
  readonly invoiceId: string;
  /** In minor units of the currency; 0 is an invoice like any other. */
  readonly totalMinor: number;
  readonly currency: CurrencyCode;
  /** The time of the event, RFC 3339: what an invoice says depends on its event alone. */
  readonly createdAt: string;
  readonly placed: EventMark;
}

export interface Cancellation {
  readonly orderId: string;
  readonly creditNoteId: string;
  readonly cancelled: EventMark;
}

/** The billing state of one order: nothing, an invoice, a cancellation that came first, or an invoice with its credit note. */
export interface OrderBill {
  readonly placed?: EventMark;
  readonly cancelled?: EventMark;
}

/**
 * One entry per order, for ever. Each write is atomic, happens only when its condition holds, and is answered with the entry as
 * it stands when it does not.
 */
export interface InvoiceBook {
  /**
   * For each invoice: when its order has no entry. The orders differ. One answer for each, in the order given: one that fails
   * says nothing about the others.
   */
  readonly recordInvoices: (invoices: readonly Invoice[]) => Promise<readonly WriteAnswer<OrderBill>[]>;
  /** When there is an invoice that is not cancelled: cancels it with a credit note. */
  readonly recordCreditNote: (cancellation: Cancellation) => Promise<WriteAnswer<OrderBill>>;
  /** When there is no entry: notes the cancellation, so that no invoice can follow it. */
  readonly barInvoice: (cancellation: Omit<Cancellation, 'creditNoteId'>) => Promise<WriteAnswer<OrderBill>>;
}

export type BillWrite = ConditionalWrite<OrderBill>;
