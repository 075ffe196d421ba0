import type { CurrencyCode } from '../kernel/currency.ts';
import { ok, type Result } from '../kernel/result.ts';
import { type EventInRecord, orderRecords } from './order-records.ts';
import { type OrderRequest, readOrderRequest } from './order-request.ts';
import type { AppendRecords, RecordPlace } from './ports.ts';
import { testOrders } from './test-orders.ts';

export interface ProduceDeps {
  readonly append: AppendRecords;
  readonly now: () => Date;
  /** Of test orders, and of shortest orders. */
  readonly currency: CurrencyCode;
}

export interface Invocation {
  readonly payload: unknown;
  /** The same when Lambda repeats the invocation, which then makes the same orders. */
  readonly requestId: string;
}

/** An event that the topic has. */
export interface SentEvent extends RecordPlace {
  readonly orderId: string;
  readonly eventId: string;
}

/**
 * Puts orders on the topic. The failure is a request that can never be served and says why; brokers that do not take the
 * records reject.
 */
export async function produceOrders(
  { payload, requestId }: Invocation,
  { append, now, currency }: ProduceDeps,
): Promise<Result<readonly SentEvent[], string>> {
  const request = readOrderRequest(payload);
  if (!request.ok) return request;
  const time = now();
  const events = eventsOf(request.value, { requestId, currency, time });
  const records = orderRecords(events, { currency, timestamp: time.getTime() });
  if (!records.ok) return records;
  const places = await append(records.value.map(({ record }) => record));
  return ok(sentEvents(records.value, places));
}

function eventsOf(
  request: OrderRequest,
  run: { readonly requestId: string; readonly currency: CurrencyCode; readonly time: Date },
): readonly unknown[] {
  if (request.kind === 'given events') return request.events;
  const { count, seed } = request;
  const id = seed === undefined ? run.requestId : `seed-${seed}`;
  return testOrders({ id, count, firstBasket: seed ?? 0, currency: run.currency, time: run.time });
}

function sentEvents(records: readonly EventInRecord[], places: readonly RecordPlace[]): readonly SentEvent[] {
  return places.flatMap((place, index) => {
    const sent = records[index];
    return sent === undefined ? [] : [{ orderId: sent.orderId, eventId: sent.eventId, ...place }];
  });
}
