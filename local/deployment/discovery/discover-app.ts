import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';

import type { ResourceHere } from '../assembly/absent-resources.ts';
import type { Assembly } from '../assembly/assembly.ts';
import { awsClientSettings } from '../endpoint/aws-client-settings.ts';
import type { DeployedApp, DeployedEventSourceMapping } from './deployed-app.ts';
import { fakedResources } from './faked-resources.ts';
import { readFunction, readStackOutputs, type FoundFunction } from './discover.ts';
import { ownOutputs, readDiscoveryOutputs, type DiscoveredResource } from './discovery-outputs.ts';
import { findForeignFunctions } from './foreign-functions.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';
import type { SubstitutedStack } from '../stand-ins/substitute.ts';
import type { FunctionHost } from './where-functions-run.ts';

export interface DiscoveryOptions {
  readonly assembly: Assembly;
  readonly stacks: readonly SubstitutedStack[];
  readonly endpoint: string;
  readonly host: FunctionHost;
  readonly cloudFormation: CloudFormationClient;
}

/** Reads back the resources of a deployment. */
export async function discoverApp(options: DiscoveryOptions): Promise<DeployedApp> {
  const { assembly, stacks, endpoint, host, cloudFormation } = options;
  const lambda = new LambdaClient(awsClientSettings(endpoint, assembly.region));
  try {
    const context: Context = { assembly, host, cloudFormation, lambda };
    const found: FoundStack[] = [];
    for (const stack of stacks) found.push(await discoverStack(stack, stack.stackName, context));
    const functions = found.flatMap((stack) => stack.functions);
    const eventSourceMappings = found.flatMap((stack) => stack.eventSourceMappings);
    const here = functions.flatMap(({ here: one }) => one ?? []);
    const elsewhere = functions.flatMap(({ atEndpoint }) => atEndpoint ?? []);
    const known = [...here, ...elsewhere].map(({ functionName }) => functionName);
    const foreign = await findForeignFunctions(eventSourceMappings, known, { lambda, host });
    return {
      region: assembly.region,
      functions: here,
      functionsAtEndpoint: [...elsewhere, ...foreign],
      eventSourceMappings,
      alarms: found.flatMap((stack) => stack.alarms),
      rules: found.flatMap((stack) => stack.rules),
      outputs: Object.fromEntries(
        stacks.map(({ stackName }, index) => [stackName, found[index]?.outputs ?? {}]),
      ),
      substitutions: [
        ...stacks.flatMap((stack) => stack.substitutions),
        ...found.flatMap((stack) => stack.faked),
      ],
      defaultPartitions: new Map(stacks.flatMap(({ defaultPartitions }) => Array.from(defaultPartitions))),
      expressClusters: new Set(stacks.flatMap(({ expressClusters }) => Array.from(expressClusters))),
    };
  } finally {
    lambda.destroy();
  }
}

interface Context {
  readonly assembly: Assembly;
  readonly host: FunctionHost;
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

interface FoundStack {
  /** The outputs of the stack's own template, without those of nested stacks. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The resources that the endpoint accepts but does not create. */
  readonly faked: readonly Substitution[];
  readonly functions: readonly FoundFunction[];
  readonly eventSourceMappings: readonly DeployedEventSourceMapping[];
  readonly alarms: readonly ResourceHere[];
  readonly rules: readonly ResourceHere[];
}

/** @param deployedName - the stack's name, or the id of a nested stack. */
async function discoverStack(
  { stackName, template, nested, absentResources }: SubstitutedStack,
  deployedName: string,
  context: Context,
): Promise<FoundStack> {
  const all = await readStackOutputs(context.cloudFormation, deployedName);
  const resources = readDiscoveryOutputs(template, all, absentResources);
  const faked = await fakedResources(context.cloudFormation, deployedName);
  const functions: FoundFunction[] = [];
  const inner: FoundStack[] = [];
  for (const resource of resources) {
    const stack = nested.get(resource.logicalId);
    if (stack !== undefined) inner.push(await discoverStack(stack, resource.physicalId, context));
    if (resource.type === 'AWS::Lambda::Function')
      functions.push(
        await readFunction(context.lambda, {
          ...context.assembly,
          ...context,
          stackName,
          template,
          resource,
        }),
      );
  }
  return {
    outputs: ownOutputs(all),
    faked: [...faked, ...inner.flatMap((stack) => stack.faked)],
    functions: [...functions, ...inner.flatMap((stack) => stack.functions)],
    eventSourceMappings: [
      ...mappingsOf(stackName, resources),
      ...inner.flatMap((stack) => stack.eventSourceMappings),
    ],
    alarms: [...alarmsOf(stackName, resources), ...inner.flatMap((stack) => stack.alarms)],
    rules: [...rulesOf(stackName, resources), ...inner.flatMap((stack) => stack.rules)],
  };
}

const mappingsOf = (
  stackName: string,
  resources: readonly DiscoveredResource[],
): DeployedEventSourceMapping[] =>
  resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .map(({ logicalId, physicalId: uuid, properties }) => ({ stackName, logicalId, uuid, properties }));

/** An alarm without a name in its template gets the name of its stand-in. */
const alarmsOf = (stackName: string, resources: readonly DiscoveredResource[]): ResourceHere[] =>
  resources
    .filter(({ type }) => type.startsWith('AWS::CloudWatch::'))
    .map((resource) => named('AlarmName', stackName, resource));

const rulesOf = (stackName: string, resources: readonly DiscoveredResource[]): ResourceHere[] =>
  resources
    .filter(({ type }) => type === 'AWS::Events::Rule')
    .map((resource) => named('Name', stackName, resource));

const named = (
  property: string,
  stackName: string,
  { logicalId, type, physicalId, properties }: DiscoveredResource,
): ResourceHere => ({ stackName, logicalId, type, properties: { ...properties, [property]: physicalId } });
