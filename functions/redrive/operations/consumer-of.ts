import type { ConsumerPort, OperationPorts } from '../ports.ts';
import { OperationRefused } from './operation.ts';

/** @throws {OperationRefused} when there is no consumer of that name. */
export function consumerOf({ consumers }: OperationPorts, name: string): ConsumerPort {
  const consumer = Object.hasOwn(consumers, name) ? consumers[name] : undefined;
  if (consumer !== undefined) return consumer;
  throw new OperationRefused(
    `There is no consumer ${JSON.stringify(name)}. Name one of these: ${Object.keys(consumers).join(', ')}.`,
  );
}
