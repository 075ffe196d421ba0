import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { boundedSettings } from './aws-client-settings.ts';

/** The stack that `cdk bootstrap` creates; every deployment to an endpoint needs it. */
export const BOOTSTRAP_STACK = 'CDKToolkit';

/** Detects an endpoint that was restarted empty. */
export interface EndpointMemory {
  /** @throws {Error} when the endpoint does not answer. */
  remembers(): Promise<boolean>;
}

/**
 * Remembers the id of the endpoint's bootstrap stack. An emulator that lost its state has no such stack, or a new one
 * with another id.
 */
export async function endpointMemory(awsEndpoint: string, region: string): Promise<EndpointMemory> {
  const client = new CloudFormationClient(boundedSettings(awsEndpoint, region));
  const id = await bootstrapStackId(client);
  return { remembers: async () => (await bootstrapStackId(client)) === id };
}

/** @returns undefined when the endpoint has no such stack. */
export async function bootstrapStackId(
  client: CloudFormationClient,
  stackName = BOOTSTRAP_STACK,
): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks[0]?.StackId;
  } catch (error) {
    // CloudFormation has no more precise error for a stack that does not exist.
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}
