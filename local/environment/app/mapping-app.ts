import { randomUUID } from 'node:crypto';
import type { DeployedApp, DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import { sourceSubstitutions } from '../../deployment/discovery/source-substitutions.ts';
import type { JsonObject } from '../../deployment/assembly/template.ts';
import { parseFunctionReference } from '../../lambda/function-name.ts';
import type { FunctionFile, MappingSource } from '../plan/app-source.ts';
import { functionArnOf } from './invoked-function.ts';

/** The newest runtime, for a function without a template, which names no runtime. */
const RUNTIME = 'nodejs24.x';

/**
 * Builds an app from a mapping without a template, as if it were deployed.
 *
 * @throws {Error} when the request names no function.
 */
export function mappingApp(
  { request, functionFile }: MappingSource,
  { region, bootstrapServers }: { readonly region: string; readonly bootstrapServers: string },
): DeployedApp {
  const functionName = functionNameOf(request);
  const eventSourceMappings = [
    { stackName: 'request', logicalId: functionName, uuid: randomUUID(), properties: request },
  ];
  return {
    region,
    functions: functionFile === undefined ? [] : [deployedFunction(functionName, functionFile, region)],
    functionsAtEndpoint: [],
    eventSourceMappings,
    alarms: [],
    rules: [],
    outputs: {},
    defaultPartitions: new Map(),
    expressClusters: new Set(),
    substitutions: sourceSubstitutions(eventSourceMappings, bootstrapServers),
  };
}

function functionNameOf({ FunctionName: reference }: JsonObject): string {
  const parsed = typeof reference === 'string' ? parseFunctionReference(reference) : undefined;
  if (parsed !== undefined) return parsed.name;
  throw new Error(
    `FunctionName of the mapping is ${JSON.stringify(reference)}; allowed: a function's name or ARN.`,
  );
}

function deployedFunction(functionName: string, file: FunctionFile, region: string): DeployedFunction {
  return {
    stackName: 'request',
    logicalId: functionName,
    functionName,
    functionArn: functionArnOf(functionName, region),
    runtime: RUNTIME,
    ...file,
  };
}
