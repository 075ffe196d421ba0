import { at, listAt, numberAt, textAt } from '../../lib/guards/json-access.ts';
import { referred } from '../stage/readable.ts';
import { ofType } from '../stage/stage.ts';
import type { Resource, Stage } from '../stage/stage.ts';
import { costLine } from './cost-line.ts';
import type { CostLine } from './cost-line.ts';
import { orderProfile, tableWrites } from './workload.ts';

/** Megabytes that AWS counts as one gigabyte of memory. */
const MEGABYTES_PER_GIGABYTE = 1024;
const BYTES_PER_GIGABYTE = 1e9;

/**
 * Calculates the infrastructure cost of a number of orders, in addition to the fixed cost.
 *
 * @throws Error when a consumer group has no number of writes.
 */
export function orderCost(stage: Stage, orders: number): readonly CostLine[] {
  const mappings = ofType(stage, 'AWS::Lambda::EventSourceMapping');
  const invocations = (orders * mappings.length) / orderProfile.recordsPerInvocation;
  const stored = (orders * orderProfile.storedBytes * orderProfile.monthsStored) / BYTES_PER_GIGABYTE;
  const storing = `${short(orders)} orders × ${orderProfile.storedBytes} B kept ${orderProfile.monthsStored} months`;
  return [
    costLine({
      what: 'Invocations',
      formula: `${short(orders)} orders × ${mappings.length} consumers / ${orderProfile.recordsPerInvocation} records`,
      quantity: invocations,
      billed: 'lambdaRequest',
    }),
    ...mappings.map((mapping) => computeTime(stage, mapping, orders)),
    ...mappings.map((mapping) => writeCost(mapping, orders)),
    costLine({ what: 'Tables', formula: storing, quantity: stored, billed: 'tableStorage' }),
    costLine({
      what: 'Point-in-time recovery',
      formula: storing,
      quantity: stored,
      billed: 'tableRecovery',
    }),
    costLine({
      what: 'Logs',
      formula: `${short(invocations)} invocations × ${orderProfile.logBytesPerInvocation} B`,
      quantity: (invocations * orderProfile.logBytesPerInvocation) / BYTES_PER_GIGABYTE,
      billed: 'logs',
    }),
  ];
}

/** Calculates the cost of messages to customers, which is not part of the infrastructure. */
export function messageCost(orders: number): readonly CostLine[] {
  const messages = (what: string, each: number, billed: 'email' | 'sms'): CostLine =>
    costLine({ what, formula: `${short(orders)} orders × ${each}`, quantity: orders * each, billed });
  return [messages('E-mails', orderProfile.emails, 'email'), messages('SMS', orderProfile.sms, 'sms')];
}

function computeTime(stage: Stage, mapping: Resource, orders: number): CostLine {
  const invoked = referred(stage, at(mapping.properties, 'FunctionName'), mapping);
  const megabytes = numberAt(invoked?.properties, 'MemorySize') ?? 128;
  const isArm = listAt(invoked?.properties, 'Architectures').includes('arm64');
  const { recordsPerInvocation, secondsPerInvocation } = orderProfile;
  return costLine({
    what: `Compute time of ${groupOf(mapping)}`,
    formula: `${short(orders)} orders / ${recordsPerInvocation} × ${secondsPerInvocation} s × ${megabytes} MB`,
    quantity: (orders / recordsPerInvocation) * secondsPerInvocation * (megabytes / MEGABYTES_PER_GIGABYTE),
    billed: isArm ? 'lambdaArmGigabyteSecond' : 'lambdaX86GigabyteSecond',
  });
}

function writeCost(mapping: Resource, orders: number): CostLine {
  const group = groupOf(mapping);
  const writes = tableWrites.get(group);
  if (writes === undefined) {
    throw new Error(
      `Consumer group ${group} has no number of table writes: add its writesPerOrder to lib/topology/topology.ts.`,
    );
  }
  return costLine({
    what: `Table writes of ${group}`,
    formula: `${short(orders)} orders × ${writes} write units`,
    quantity: orders * writes,
    billed: 'tableWrite',
  });
}

function groupOf({ name, properties }: Resource): string {
  return textAt(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') ?? name;
}

/** A number as people write it: 10,000. */
function short(value: number): string {
  return value.toLocaleString('en-US');
}
