import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';

import type { Assembly } from '../assembly/assembly.ts';
import { awsClientSettings } from '../endpoint/aws-client-settings.ts';
import type { DeployedApp, DeployedEventSourceMapping, DeployedFunction } from './deployed-app.ts';
import { fakedResources } from './faked-resources.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';
import { readDeployedFunction, readStackOutputs } from './discover.ts';
import { ownOutputs, readDiscoveryOutputs, type DiscoveredResource } from './discovery-outputs.ts';
import type { SubstitutedStack } from '../stand-ins/substitute.ts';

export interface DiscoveryOptions {
  readonly assembly: Assembly;
  readonly stacks: readonly SubstitutedStack[];
  readonly endpoint: string;
  readonly cloudFormation: CloudFormationClient;
}

/** Reads back what a deployment made. */
export async function discoverApp(options: DiscoveryOptions): Promise<DeployedApp> {
  const { assembly, stacks, endpoint, cloudFormation } = options;
  const lambda = new LambdaClient(awsClientSettings(endpoint, assembly.region));
  try {
    const functions: DeployedFunction[] = [];
    const eventSourceMappings: DeployedEventSourceMapping[] = [];
    const outputs: Record<string, Record<string, string>> = {};
    const faked: Substitution[] = [];
    for (const { stackName, template, absentMappings } of stacks) {
      const all = await readStackOutputs(cloudFormation, stackName);
      const resources = readDiscoveryOutputs(template, all, absentMappings);
      outputs[stackName] = ownOutputs(all);
      faked.push(...(await fakedResources(cloudFormation, stackName)));
      eventSourceMappings.push(...mappingsOf(stackName, resources));
      for (const resource of resources.filter(isFunction)) {
        const { assetFolders } = assembly;
        const found = await readDeployedFunction(lambda, { stackName, resource, assetFolders });
        if (found !== undefined) functions.push(found);
      }
    }
    const substitutions = [...stacks.flatMap((stack) => stack.substitutions), ...faked];
    return { region: assembly.region, functions, eventSourceMappings, outputs, substitutions };
  } finally {
    lambda.destroy();
  }
}

const isFunction = ({ type }: DiscoveredResource): boolean => type === 'AWS::Lambda::Function';

const mappingsOf = (
  stackName: string,
  resources: readonly DiscoveredResource[],
): DeployedEventSourceMapping[] =>
  resources
    .filter((resource) => !isFunction(resource))
    .map(({ logicalId, physicalId: uuid, properties }) => ({ stackName, logicalId, uuid, properties }));
