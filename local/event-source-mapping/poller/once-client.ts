/** Settings of an SDK client that tries once: whether to try again is the mapping's own decision. */
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
