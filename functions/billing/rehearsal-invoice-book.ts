import type { WriteAnswer } from '../idempotency/conditional-write.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { InvoiceBook, OrderBill } from './ports.ts';

/** Reads what is stored of an order, never a stale state; undefined when nothing is. */
export type FindBill = (orderId: string) => Promise<Result<OrderBill | undefined, EffectFailure>>;

/** Answers as the book would, and writes nothing: what earlier records of the rehearsal would have written is remembered. */
export function rehearsalInvoiceBook(find: FindBill): InvoiceBook {
  const written = new Map<string, OrderBill>();
  const write = async (
    orderId: string,
    change: (bill: OrderBill | undefined) => OrderBill | undefined,
  ): Promise<WriteAnswer<OrderBill>> => {
    const earlier = written.get(orderId);
    const found = earlier === undefined ? await find(orderId) : ok(earlier);
    if (!found.ok) return found;
    const changed = change(found.value);
    if (changed === undefined) return ok({ kind: 'met', existing: found.value ?? {} });
    written.set(orderId, changed);
    return ok({ kind: 'written' });
  };
  return {
    recordInvoices: (invoices) =>
      Promise.all(
        invoices.map(({ orderId, placed }) =>
          write(orderId, (bill) => (bill === undefined ? { placed } : undefined)),
        ),
      ),
    recordCreditNote: ({ orderId, cancelled }) =>
      write(orderId, (bill) =>
        bill?.placed === undefined || bill.cancelled !== undefined ? undefined : { ...bill, cancelled },
      ),
    barInvoice: ({ orderId, cancelled }) =>
      write(orderId, (bill) => (bill === undefined ? { cancelled } : undefined)),
  };
}
