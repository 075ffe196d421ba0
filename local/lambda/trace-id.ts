/**
 * A trace header for a request that came without one; nothing is sampled.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function createTraceId(nowMs: number, newId: () => string): string {
  const seconds = Math.floor(nowMs / 1000).toString(16);
  return `Root=1-${seconds}-${hex(newId(), 24)};Parent=${hex(newId(), 16)};Sampled=0`;
}

function hex(id: string, length: number): string {
  return id.replaceAll('-', '').slice(0, length);
}
