import { fingerprint } from '../fingerprint.ts';
import type { Item } from '../ports.ts';
import { reportEvent, reportOrder, type GroupEvidence } from './group-evidence.ts';
import { numberOf, sortKeyOf, subjectOf, textOf } from './item.ts';
import type { OrdersSeen } from './orders-seen.ts';
import { differing, Sums } from './sums.ts';
import { followTwoSlots, type OrderState, type TwoSlots } from './two-slots.ts';

const RULES: TwoSlots = {
  effect: 'invoice',
  parkedFor: new Set(['store-refused']),
  isWanted: () => true,
};

export interface BillingReport {
  readonly invoices: number;
  readonly creditNotes: number;
  /** Minor units by currency, as invoiced. */
  readonly invoiced: Sums;
  /** Minor units by currency of the invoices with a credit note. */
  readonly credited: Sums;
}

/** Each order has at most one invoice, and a credit note exactly when it was placed and then cancelled. */
export async function judgeBilling(
  evidence: GroupEvidence,
  items: AsyncIterable<Item>,
  seen: OrdersSeen,
): Promise<BillingReport> {
  const book = new Book(evidence);
  for await (const item of items) {
    const subject = subjectOf(item);
    if (subject.kind !== 'order' || sortKeyOf(item) !== 'INVOICE') seen.otherItem(item);
    else seen.see(subject.orderId, (order) => book.judge(order, item));
  }
  seen.forEachUnseen((order) => book.judge(order, undefined));
  return book.close();
}

class Book {
  readonly #evidence: GroupEvidence;
  readonly #asked = { invoiced: new Sums(), credited: new Sums() };
  readonly #found = { invoiced: new Sums(), credited: new Sums() };
  #invoices = 0;
  #creditNotes = 0;

  constructor(evidence: GroupEvidence) {
    this.#evidence = evidence;
  }

  judge(order: number, item: Item | undefined): void {
    const state = followTwoSlots(this.#evidence, RULES, order, item);
    this.#sum(state);
    if (item === undefined) return;
    this.#count(item);
    this.#judgeInvoice(order, state, item);
    this.#judgeCreditNote(order, state, item);
  }

  close(): BillingReport {
    for (const name of ['invoiced', 'credited'] as const) {
      for (const currency of differing(this.#asked[name], this.#found[name])) {
        const asked = this.#asked[name].get(currency);
        const found = this.#found[name].get(currency);
        this.#evidence.findings.add({
          kind: 'sum',
          group: this.#evidence.groupId,
          what: `${found} ${currency} in minor units are ${name}, but the applied events add up to ${asked}.`,
        });
      }
    }
    return { invoices: this.#invoices, creditNotes: this.#creditNotes, ...this.#found };
  }

  #sum({ placed, cancelled }: OrderState): void {
    if (placed === undefined) return;
    const { totalMinor, currency } = this.#evidence.history.wishesOf(placed.row);
    this.#asked.invoiced.add(currency, totalMinor);
    if (cancelled !== undefined) this.#asked.credited.add(currency, totalMinor);
  }

  #count(item: Item): void {
    if (textOf(item, 'invoiceId') === undefined) return;
    const currency = textOf(item, 'currency') ?? '';
    const total = numberOf(item, 'totalMinor') ?? 0;
    this.#invoices += 1;
    this.#found.invoiced.add(currency, total);
    if (textOf(item, 'creditNoteId') === undefined) return;
    this.#creditNotes += 1;
    this.#found.credited.add(currency, total);
  }

  #judgeInvoice(order: number, { placed }: OrderState, item: Item): void {
    const hasInvoice = textOf(item, 'invoiceId') !== undefined;
    if (placed === undefined) {
      if (hasInvoice) {
        const what = 'The order has an invoice that none of its events can have caused.';
        reportOrder(this.#evidence, order, { kind: 'unexpected', what });
      }
      return;
    }
    const { totalMinor, currency, time } = this.#evidence.history.wishesOf(placed.row);
    const found = `${numberOf(item, 'totalMinor')} ${textOf(item, 'currency')}`;
    const asked = `${totalMinor} ${currency}`;
    const wrong = (what: string): void => {
      reportEvent(this.#evidence, placed, { kind: 'wrong', what });
    };
    if (!hasInvoice) wrong('The order is marked as placed and has no invoice id.');
    else if (found !== asked)
      wrong(`The invoice is for ${found} in minor units, but the event says ${asked}.`);
    else if (fingerprint(textOf(item, 'createdAt') ?? '') !== time)
      wrong('The times of the invoice and of its event differ.');
  }

  #judgeCreditNote(order: number, { placed, cancelled }: OrderState, item: Item): void {
    const hasCreditNote = textOf(item, 'creditNoteId') !== undefined;
    if (placed !== undefined && cancelled !== undefined) {
      if (hasCreditNote) return;
      const what = 'The order is invoiced and cancelled, but has no credit note.';
      reportEvent(this.#evidence, cancelled, { kind: 'missing', what });
    } else if (hasCreditNote) {
      const what = 'The order has a credit note although it was not both invoiced and cancelled.';
      reportOrder(this.#evidence, order, { kind: 'unexpected', what });
    }
  }
}
