import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, type FunctionConfiguration, type LambdaClient } from '@aws-sdk/client-lambda';

import { assetIn, type Asset } from '../assembly/assets.ts';
import type { DeployedFunction, FunctionAtEndpoint } from './deployed-app.ts';
import type { DiscoveredResource } from './discovery-outputs.ts';
import { layersOf } from './layers.ts';
import { isObject, type JsonObject, type Template } from '../assembly/template.ts';
import { obstacleAt, runsHere, type FunctionHost } from './where-functions-run.ts';

/** Reads the outputs of a deployed stack, by name. */
export async function readStackOutputs(
  client: CloudFormationClient,
  stackName: string,
): Promise<Record<string, string>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  const outputs = Stacks[0]?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** The place of a function in the app. */
export interface FunctionOrigin {
  readonly stackName: string;
  readonly template: Template;
  readonly resource: DiscoveredResource;
  readonly assets: readonly Asset[];
  readonly host: FunctionHost;
}

/** A function that runs in a process here, or in the endpoint's own Lambda. */
export type FoundFunction =
  | { readonly here: DeployedFunction; readonly atEndpoint?: never }
  | { readonly here?: never; readonly atEndpoint: FunctionAtEndpoint };

/** Reads a function's configuration from the endpoint, and adds the folder of its code when a process can run it. */
export async function readFunction(client: LambdaClient, origin: FunctionOrigin): Promise<FoundFunction> {
  const { resource, assets, host } = origin;
  const response = await client.send(new GetFunctionCommand({ FunctionName: resource.physicalId }));
  const configuration = response.Configuration ?? {};
  const code = codeOf(resource.properties, assets);
  const reason = code.kind === 'folder' ? runsHere(configuration.Runtime) : code.reason;
  if (code.kind === 'folder' && reason === undefined) {
    const reserved = response.Concurrency?.ReservedConcurrentExecutions;
    return { here: deployedFunction(origin, configuration, { codeDirectory: code.directory, reserved }) };
  }
  const obstacle = obstacleAt(host, configuration);
  return {
    atEndpoint: {
      functionName: resource.physicalId,
      functionArn: known(configuration.FunctionArn, resource, 'ARN'),
      timeoutSeconds: known(configuration.Timeout, resource, 'timeout'),
      reason: reason ?? '',
      ...(obstacle !== undefined && { obstacle }),
    },
  };
}

interface Placement {
  readonly codeDirectory: string;
  readonly reserved: number | undefined;
}

function deployedFunction(
  { stackName, template, resource, assets }: FunctionOrigin,
  configuration: FunctionConfiguration,
  { codeDirectory, reserved }: Placement,
): DeployedFunction {
  const reservedConcurrency = reserved ?? reservedInTemplate(resource.properties);
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
    ...layersOf(resource.properties, template, assets),
  };
}

type Code =
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'other'; readonly reason: string };

function codeOf({ Code: code }: JsonObject, assets: readonly Asset[]): Code {
  if (!isObject(code)) return { kind: 'other', reason: 'the template has no code for it' };
  if (code['ImageUri'] !== undefined) return { kind: 'other', reason: 'its code is a container image' };
  if (code['ZipFile'] !== undefined) return { kind: 'other', reason: 'its code is inline in the template' };
  const asset = assetIn(code, assets);
  if (asset === undefined) return { kind: 'other', reason: 'its code is not in the cloud assembly' };
  if (asset.packaging !== 'zip') return { kind: 'other', reason: 'its code is a file, not a folder' };
  return { kind: 'folder', directory: asset.path };
}

/** Reads it from the template, because MiniStack's CloudFormation drops it. */
const reservedInTemplate = ({ ReservedConcurrentExecutions: reserved }: JsonObject): number | undefined =>
  typeof reserved === 'number' ? reserved : undefined;

function known<T>(value: T | undefined, { logicalId }: DiscoveredResource, what: string): T {
  if (value === undefined) throw new Error(`the endpoint returns no ${what} for function ${logicalId}`);
  return value;
}

/** Rejects unresolved values: an intrinsic function must not reach the code as if it were text. */
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
