import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { unlessMissing, type Call } from '../call.ts';
import type { StackFacts } from '../checks/stacks.ts';
import type { Clients } from '../clients.ts';

export async function readStacks(
  { cloudFormation }: Clients,
  call: Call,
  names: readonly string[],
): Promise<StackFacts> {
  const statusOf = async (name: string): Promise<readonly [string, string][]> => {
    const found = await call('cloudformation:DescribeStacks', (options) =>
      unlessMissing(
        cloudFormation.send(new DescribeStacksCommand({ StackName: name }), options),
        // CloudFormation answers nothing more precise for a stack that does not exist.
        (error) => error.name === 'ValidationError' && error.message.includes('does not exist'),
      ),
    );
    return (found?.Stacks ?? []).map(({ StackStatus = '' }) => [name, StackStatus]);
  };
  return Object.fromEntries((await Promise.all(names.map(statusOf))).flat());
}
