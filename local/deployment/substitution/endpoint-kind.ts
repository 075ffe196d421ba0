import { z } from 'zod';

/** What answers at the endpoint: MiniStack, or LocalStack of any edition, as what a licence includes differs. */
export type EndpointKind = 'ministack' | 'localstack';

const localStackInfo = z.object({ version: z.string() });

/**
 * Asks the endpoint what it is.
 *
 * @throws Error when nothing answers, or something that says neither of MiniStack nor of LocalStack
 */
export async function detectEndpointKind(endpoint: string): Promise<EndpointKind> {
  // MiniStack answers LocalStack's health path as well, so its own comes first.
  if (await answers(`${endpoint}/_ministack/health`)) return 'ministack';
  const response = await fetch(`${endpoint}/_localstack/info`).catch(() => undefined);
  if (response?.ok !== true)
    throw new Error(
      `${endpoint} answers neither as MiniStack nor as LocalStack does: give the address of one of them`,
    );
  localStackInfo.parse(await response.json());
  return 'localstack';
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true;
}
