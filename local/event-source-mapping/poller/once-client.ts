/** Settings of an SDK client without retries, because the mapping decides about retries. */
export function onceClient({ endpoint, region }: { readonly endpoint: string; readonly region: string }): {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
} {
  return {
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
}
