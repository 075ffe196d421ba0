import type { FailureContext } from '../../on-failure/invocation-record.ts';
import type { Discard } from '../../retry/retry-decision.ts';

/** Sends the document (or documents) about discarded records. @throws the service's error. */
export type SendDiscard = (discard: Discard, context: FailureContext) => Promise<void>;

/** The endpoint of a destination's service. */
export interface DestinationSettings {
  readonly awsEndpoint: string;
  readonly region: string;
  readonly brokers: readonly string[];
  /** The mapping's UUID. */
  readonly mappingId: string;
  readonly s3KeyTemplate: string;
}
