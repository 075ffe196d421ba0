import type { FailureContext } from '../../on-failure/invocation-record.ts';
import type { Discard } from '../../retry/retry-decision.ts';

/** Sends the document (or documents) about discarded records. @throws what the service refused with. */
export type SendDiscard = (discard: Discard, context: FailureContext) => Promise<void>;

/** Where a destination's service answers. */
export interface DestinationSettings {
  readonly awsEndpoint: string;
  readonly region: string;
  readonly brokers: readonly string[];
  /** The mapping's UUID. */
  readonly mappingId: string;
  readonly s3KeyTemplate: string;
}
