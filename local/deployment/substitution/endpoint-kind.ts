import { z } from 'zod';

/** What answers at the endpoint: MiniStack, LocalStack free of charge, or LocalStack with a licence. */
export type EndpointKind = 'ministack' | 'localstack' | 'localstack-pro';

const localStackInfo = z.object({
  edition: z.string().optional(),
  is_license_activated: z.boolean().optional(),
});

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
  const info = localStackInfo.parse(await response.json());
  return info.is_license_activated === true ? 'localstack-pro' : 'localstack';
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true;
}
