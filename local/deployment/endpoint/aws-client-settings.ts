/**
 * The settings of SDK clients for the endpoint. The credentials are made up, so that real ones never leave the
 * machine.
 */
export interface AwsClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const awsClientSettings = (endpoint: string, region: string): AwsClientSettings => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** A timeout far above any real response time on this machine. */
const ANSWER_WITHIN_MS = 5_000;

/** Settings for a client that stops waiting for a frozen endpoint. By default the SDK waits for ever. */
export const boundedSettings = (
  endpoint: string,
  region: string,
): AwsClientSettings & { readonly requestHandler: BoundedRequests } => ({
  ...awsClientSettings(endpoint, region),
  requestHandler: {
    connectionTimeout: ANSWER_WITHIN_MS,
    requestTimeout: ANSWER_WITHIN_MS,
    throwOnRequestTimeout: true,
  },
});

interface BoundedRequests {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: true;
}
