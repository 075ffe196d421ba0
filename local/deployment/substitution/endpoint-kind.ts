import { z } from 'zod';

/** The emulator at the endpoint: MiniStack, or LocalStack of any edition, whose features depend on the licence. */
export type EndpointKind = 'ministack' | 'localstack';

const localStackInfo = z.object({ version: z.string() });

/**
 * Detects the emulator at the endpoint.
 *
 * @throws Error when nothing answers, or when the answer comes from neither MiniStack nor LocalStack
 */
export async function detectEndpointKind(endpoint: string): Promise<EndpointKind> {
  // MiniStack answers LocalStack's health path as well, so its own comes first.
  if (await answers(`${endpoint}/_ministack/health`)) return 'ministack';
  const response = await fetch(`${endpoint}/_localstack/info`).catch(() => undefined);
  if (response?.ok !== true)
    throw new Error(`${endpoint} is neither MiniStack nor LocalStack: give the address of one of them`);
  localStackInfo.parse(await response.json());
  return 'localstack';
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true;
}
