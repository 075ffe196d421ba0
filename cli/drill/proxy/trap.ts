import type { IncomingHttpHeaders } from 'node:http';
import type { Service } from './services.ts';

/** A point in the traffic that can be seen from outside. */
export interface TrapPoint {
  readonly service: Service;
  /** By their names in the API; none stands for every one. */
  readonly operations: readonly string[];
  /** Before the service gets the request, or after it has done its work and before its answer is out. */
  readonly when: 'before' | 'after';
}

/** Springs once, at the first request that fits. Whoever asked gets no answer. */
export interface Trap extends TrapPoint {
  readonly spring: () => Promise<void>;
}

/** Returns whether a request is at a point. DynamoDB and SQS name the operation in a header. */
export function isAt({ service, operations }: TrapPoint, at: Service, headers: IncomingHttpHeaders): boolean {
  if (service !== at) return false;
  const operation =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  return operations.length === 0 || operations.includes(operation);
}
