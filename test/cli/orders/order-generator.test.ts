import { describe, expect, test } from '@jest/globals';
import { CATALOGUE } from '../../../cli/orders/catalogue.ts';
import {
  generateOrders,
  runOfSeed,
  withCancellations,
  type Run,
} from '../../../cli/orders/order-generator.ts';
import type { OrderPlacedWire } from '../../../functions/kernel/order-event-schema.ts';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';

const now = (): Date => new Date('2026-03-01T12:00:00.000Z');

function orders(run: Run, count: number): OrderPlacedWire[] {
  return [...generateOrders({ run, count, now })];
}

function isAccepted(event: unknown): boolean {
  return parseOrderEvent(event, { currency: 'USD', timestamp: 0 }).ok;
}

describe('generated orders', () => {
  test('are the same for the same seed', () => {
    const first = orders(runOfSeed(7), 50);

    const second = orders(runOfSeed(7), 50);

    expect(second).toEqual(first);
  });

  test('are other orders for another seed, even under the same ids', () => {
    const [first] = orders({ id: 'a', seed: 1 }, 1);

    const [second] = orders({ id: 'a', seed: 2 }, 1);

    expect(second?.subject).toBe(first?.subject);
    expect(second?.data).not.toEqual(first?.data);
  });

  test('do not depend on how many are generated', () => {
    const few = orders(runOfSeed(3), 5);

    const many = orders(runOfSeed(3), 100);

    expect(many.slice(0, 5)).toEqual(few);
  });

  test('have the form that consumers accept', () => {
    const generated = orders(runOfSeed(11), 500);

    const refused = generated.filter((order) => !isAccepted(order));

    expect(refused).toEqual([]);
  });

  test('repeat no event id, order id, e-mail address or phone number within a thousand', () => {
    const generated = orders({ id: 'x', seed: 5 }, 1_000);

    const distinct = [
      new Set(generated.map(({ id }) => id)).size,
      new Set(generated.map(({ subject }) => subject)).size,
      new Set(generated.map(({ data }) => data.customer?.email)).size,
      new Set(generated.map(({ data }) => data.customer?.phone)).size,
    ];

    expect(distinct).toEqual([1_000, 1_000, 1_000, 1_000]);
  });

  test('reach nobody: their addresses and numbers are reserved for examples and fiction', () => {
    const generated = orders(runOfSeed(13), 1_200);

    const reachable = generated.filter(
      ({ data: { customer } }) =>
        !(customer?.email ?? '').endsWith('@example.com') ||
        !/^\+447700900\d{3}$/.test(customer?.phone ?? ''),
    );

    expect(reachable).toEqual([]);
  });

  test('take less than the initial stock, a thousand of them together', () => {
    const lines = orders(runOfSeed(17), 1_000).flatMap(({ data }) => data.lines);

    const soldOut = CATALOGUE.filter(
      ({ sku, initialStock }) =>
        lines.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0) >
        initialStock,
    );

    expect(soldOut).toEqual([]);
  });
});

describe('cancellations', () => {
  const run = runOfSeed(19);

  test('follow right after the order that they cancel, and have the form that consumers accept', () => {
    const placed = orders(run, 20);

    const events = [...withCancellations(placed, { run, share: 1, now })];

    expect(events.map(({ type, subject }) => ({ type, subject }))).toEqual(
      placed.flatMap(({ subject }) => [
        { type: 'order.placed', subject },
        { type: 'order.cancelled', subject },
      ]),
    );
    expect(events.every(isAccepted)).toBe(true);
  });

  test('hit the same orders for the same seed', () => {
    const placed = orders(run, 100);
    const first = [...withCancellations(placed, { run, share: 0.5, now })];

    const second = [...withCancellations(placed, { run, share: 0.5, now })];

    expect(second).toEqual(first);
  });

  test('leave the orders unchanged', () => {
    const placed = orders(run, 200);

    const events = [...withCancellations(placed, { run, share: 0.5, now })];

    expect(events.filter(({ type }) => type === 'order.placed')).toEqual(placed);
  });

  test('hit about the share of orders that was asked for', () => {
    const placed = orders(run, 1_000);

    const events = [...withCancellations(placed, { run, share: 0.2, now })];

    expect((events.length - placed.length) / placed.length).toBeCloseTo(0.2, 1);
  });

  test('are none at a share of zero', () => {
    const placed = orders(run, 100);

    const events = [...withCancellations(placed, { run, share: 0, now })];

    expect(events).toEqual(placed);
  });
});
