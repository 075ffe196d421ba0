import { userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Target } from '../connection/target.ts';

/** Returns the user of the command, for the journal: the user of this machine, or the caller's ARN on AWS. */
export async function whoAmI({ kind, awsClientConfig }: Target): Promise<string> {
  if (kind === 'local') return userInfo().username;
  const client = new STSClient(awsClientConfig);
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand());
    return Arn ?? 'unknown';
  } finally {
    client.destroy();
  }
}
