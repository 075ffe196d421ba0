/** How the SDK's clients reach the endpoint. The credentials are made up, so that no real ones ever leave the machine. */
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

/** Far longer than anything on this machine needs. */
const ANSWER_WITHIN_MS = 5_000;

/** Settings with which a client gives up on an endpoint that is frozen; by itself the SDK waits for ever. */
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
