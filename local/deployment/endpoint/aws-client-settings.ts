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
