import { expect, test } from '@jest/globals';
import {
  PartitionLease,
  type LeaseTurn,
} from '../../../../local/event-source-mapping/poller/partition-lease.ts';
import { records } from '../builders.ts';

/** A lease with six records, of which batches take one after the other. */
function aLease(): PartitionLease {
  const lease = new PartitionLease('orders', 0);
  lease.push([1, 2, 3, 4, 5, 6], records([1, 2, 3, 4, 5, 6]), 0);
  return lease;
}

const handledTurn = (lease: PartitionLease): LeaseTurn => {
  const turn = lease.take(1);
  lease.handled(turn, 0);
  return turn;
};

test('newer records may be taken while the commit of one batch is on its way', () => {
  const lease = aLease();

  handledTurn(lease);

  expect({ held: lease.held, inFlight: lease.inFlight }).toEqual({ held: false, inFlight: true });
});

test('newer records wait while the commits of two batches are on their way, until the earlier one has ended', () => {
  const lease = aLease();
  const first = handledTurn(lease);
  handledTurn(lease);
  const before = lease.held;

  lease.release(first, 0);

  expect([before, lease.held]).toEqual([true, false]);
});

test('a batch that is called holds its partition, whatever commits end', () => {
  const lease = aLease();
  const first = handledTurn(lease);
  lease.take(1);

  lease.release(first, 0);

  expect(lease.held).toBe(true);
});

test('records of a batch whose commit is on its way are passed over when a rebalance brings them again', () => {
  const lease = aLease();
  handledTurn(lease);

  lease.forgetReadAhead();

  expect(lease.withoutTaken([{ offset: 1 }, { offset: 2 }])).toEqual([{ offset: 2 }]);
});
