import type { Cancellation, Invoice, InvoiceBook, OrderBill } from '../../../functions/billing/ports.ts';
import type { WriteAnswer } from '../../../functions/idempotency/conditional-write.ts';
import { err, ok } from '../../../functions/kernel/result.ts';
import { noFaults, UNAVAILABLE, underFault, type Faults } from '../faults.ts';

type Entry = Partial<Omit<Invoice, 'orderId'>> & Partial<Omit<Cancellation, 'orderId'>>;

/** An invoice book with the conditions of the real one, and with faults. */
export class InMemoryInvoiceBook implements InvoiceBook {
  readonly entries = new Map<string, Entry>();
  /** What was sent for invoices, by order ids: `invoice a b`, ... */
  readonly calls: string[] = [];
  invoicesWritten = 0;
  faults: Faults = noFaults;

  /** Each write has its own fault, as each statement of a batch has its own answer. */
  readonly recordInvoices = (invoices: readonly Invoice[]) => {
    this.calls.push(`invoice ${invoices.map(({ orderId }) => orderId).join(' ')}`);
    return Promise.all(
      invoices.map(({ orderId, ...invoice }) =>
        this.#write(orderId, (entry) => {
          if (entry !== undefined) return undefined;
          this.invoicesWritten += 1;
          return invoice;
        }),
      ),
    );
  };

  readonly barInvoice = ({ orderId, cancelled }: Omit<Cancellation, 'creditNoteId'>) =>
    this.#write(orderId, (entry) => (entry === undefined ? { cancelled } : undefined));

  readonly recordCreditNote = ({ orderId, creditNoteId, cancelled }: Cancellation) =>
    this.#write(orderId, (entry) =>
      entry?.placed !== undefined && entry.cancelled === undefined
        ? { ...entry, creditNoteId, cancelled }
        : undefined,
    );

  /** `next` answers undefined where its condition fails. */
  #write(
    orderId: string,
    next: (entry: Entry | undefined) => Entry | undefined,
  ): Promise<WriteAnswer<OrderBill>> {
    return underFault<WriteAnswer<OrderBill>>(
      this.faults(),
      () => {
        const entry = this.entries.get(orderId);
        const written = next(entry);
        if (written === undefined) return ok({ kind: 'met', existing: billOf(entry) });
        this.entries.set(orderId, written);
        return ok({ kind: 'written' });
      },
      () => err(UNAVAILABLE),
    );
  }
}

function billOf({ placed, cancelled }: Entry = {}): OrderBill {
  return { ...(placed && { placed }), ...(cancelled && { cancelled }) };
}
