import * as z from 'zod/mini';
import { describeIssues } from '../kernel/describe-issues.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** One request to the topic holds so many records, even if all are in one partition. */
const MAX_EVENTS = 500;
const MAX_SEED = 0xffff_ffff;

/** The records to produce: generated test orders, or the given events. */
export type OrderRequest = TestOrdersRequest | GivenEventsRequest;

export interface TestOrdersRequest {
  readonly kind: 'test orders';
  /** 1 to 500. */
  readonly count: number;
  /** 0 to 2^32 - 1; the same seed makes the same orders, so that services see known ids again. */
  readonly seed: number | undefined;
}

export interface GivenEventsRequest {
  readonly kind: 'given events';
  /** 1 to 500, not validated yet. */
  readonly events: readonly unknown[];
}

const ALLOWED =
  `Send { "count": 1 to ${MAX_EVENTS}, "seed": 0 to ${MAX_SEED} (optional) } ` +
  `or { "events": [1 to ${MAX_EVENTS} order events] }.`;

const testOrders = z.strictObject({
  count: z.int().check(z.minimum(1), z.maximum(MAX_EVENTS)),
  seed: z.optional(z.int().check(z.minimum(0), z.maximum(MAX_SEED))),
});

const givenEvents = z.strictObject({
  events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_EVENTS)),
});

/** Reads the function's request. The failure says what is wrong and what to send, and quotes nothing. */
export function readOrderRequest(payload: unknown): Result<OrderRequest, string> {
  return namesEvents(payload) ? readGivenEvents(payload) : readTestOrders(payload);
}

function namesEvents(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && Object.hasOwn(payload, 'events');
}

function readTestOrders(payload: unknown): Result<TestOrdersRequest, string> {
  const parsed = z.safeParse(testOrders, payload);
  if (!parsed.success) return refusal(parsed.error);
  return ok({ kind: 'test orders', count: parsed.data.count, seed: parsed.data.seed });
}

function readGivenEvents(payload: unknown): Result<GivenEventsRequest, string> {
  const parsed = z.safeParse(givenEvents, payload);
  if (!parsed.success) return refusal(parsed.error);
  return ok({ kind: 'given events', events: parsed.data.events });
}

function refusal(error: z.core.$ZodError): Result<never, string> {
  return err(`The request is not valid: ${describeIssues(error)}. ${ALLOWED}`);
}
