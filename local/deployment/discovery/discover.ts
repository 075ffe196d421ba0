import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import type { DeployedFunction } from './deployed-app.ts';
import type { DiscoveredResource } from './discovery-outputs.ts';
import { isObject, type JsonObject } from '../assembly/template.ts';

/** The outputs of a deployed stack by name. */
export async function readStackOutputs(
  client: CloudFormationClient,
  stackName: string,
): Promise<Record<string, string>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  const outputs = Stacks[0]?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** Where a function was found in the app. */
export interface FunctionOrigin {
  readonly stackName: string;
  readonly resource: DiscoveredResource;
  readonly assetFolders: ReadonlyMap<string, string>;
}

/**
 * A function's configuration as the endpoint has it, with its code's folder in the assembly; undefined for a function
 * whose code is no folder of the assembly, such as one with inline code.
 */
export async function readDeployedFunction(
  client: LambdaClient,
  { stackName, resource, assetFolders }: FunctionOrigin,
): Promise<DeployedFunction | undefined> {
  const codeDirectory = assetFolders.get(objectKey(resource.properties));
  if (codeDirectory === undefined) return undefined;
  const { Configuration: configuration = {}, Concurrency } = await client.send(
    new GetFunctionCommand({ FunctionName: resource.physicalId }),
  );
  const reservedConcurrency =
    Concurrency?.ReservedConcurrentExecutions ?? reservedInTemplate(resource.properties);
  const { LogFormat, ApplicationLogLevel: jsonLogLevel = 'INFO' } = configuration.LoggingConfig ?? {};
  return {
    stackName,
    logicalId: resource.logicalId,
    functionName: resource.physicalId,
    functionArn: known(configuration.FunctionArn, resource, 'ARN'),
    codeDirectory,
    handler: known(configuration.Handler, resource, 'handler'),
    runtime: known(configuration.Runtime, resource, 'runtime'),
    memorySizeMb: known(configuration.MemorySize, resource, 'memory size'),
    timeoutSeconds: known(configuration.Timeout, resource, 'timeout'),
    environment: resolvedVariables(configuration.Environment?.Variables ?? {}, resource),
    ...(LogFormat === 'JSON' && { jsonLogLevel }),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    ...(resource.properties['Layers'] !== undefined && { hasLayers: true }),
  };
}

function objectKey({ Code }: JsonObject): string {
  const key = isObject(Code) ? Code['S3Key'] : undefined;
  return typeof key === 'string' ? key : '';
}

/** MiniStack's CloudFormation drops it. */
const reservedInTemplate = ({ ReservedConcurrentExecutions: reserved }: JsonObject): number | undefined =>
  typeof reserved === 'number' ? reserved : undefined;

function known<T>(value: T | undefined, { logicalId }: DiscoveredResource, what: string): T {
  if (value === undefined) throw new Error(`the endpoint gives no ${what} for function ${logicalId}`);
  return value;
}

/** An endpoint that could not resolve a value must not hand its intrinsic function to the code as if it were text. */
function resolvedVariables(
  variables: Readonly<Record<string, unknown>>,
  { logicalId }: DiscoveredResource,
): Record<string, string> {
  const entries = Object.entries(variables).map(([name, value]): [string, string] => {
    if (typeof value !== 'string')
      throw new Error(`the endpoint did not resolve the variable ${name} of function ${logicalId}`);
    return [name, value];
  });
  return Object.fromEntries(entries);
}
