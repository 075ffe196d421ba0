import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { readAssembly, type Assembly } from './assembly/assembly.ts';
import { awsClientSettings } from './endpoint/aws-client-settings.ts';
import { bootstrapStackId } from './endpoint/endpoint-memory.ts';
import type { DeployedApp } from './discovery/deployed-app.ts';
import { discoverApp } from './discovery/discover-app.ts';
import { addDiscoveryOutputs } from './discovery/discovery-outputs.ts';
import { detectEndpointKind, type EndpointKind } from './substitution/endpoint-kind.ts';
import { exportStackOutputs } from './substitution/stack-outputs.ts';
import { sourceSubstitutions } from './discovery/source-substitutions.ts';
import { substituteStack, type SubstitutedStack, type SubstitutionContext } from './stand-ins/substitute.ts';
import { bootstrapEndpoint, deployStacks, type ToolkitOptions } from './endpoint/toolkit.ts';
import { writeAssembly } from './assembly/write-assembly.ts';

export interface DeploymentOptions {
  /** The cloud assembly, from `cdk synth --output`. */
  readonly assemblyDirectory: string;
  /** For an app none of whose stacks names a region. */
  readonly defaultRegion: string;
  /** The AWS endpoint, such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Asked of the endpoint when absent. */
  readonly endpointKind?: EndpointKind;
  /** The broker that topics are created on. */
  readonly bootstrapServers: string;
  /** A folder of its own for the rewritten assembly and for what the toolkit keeps. */
  readonly workDirectory: string;
  readonly onProgress: (line: string) => void;
}

/**
 * Deploys a cloud assembly to a local AWS endpoint, with stand-ins for what the endpoint cannot hold, and reads back
 * what is there: functions, event source mappings, outputs, and what was done with which resource and why.
 *
 * @throws Error when a resource can be neither created nor substituted, or when the toolkit fails, with its last lines
 */
export async function deployAssembly(options: DeploymentOptions): Promise<DeployedApp> {
  const { endpoint, workDirectory, onProgress } = options;
  const assembly = await readAssembly(options.assemblyDirectory, options.defaultRegion);
  const { region } = assembly;
  const cloudFormation = new CloudFormationClient(awsClientSettings(endpoint, region));
  const homeDirectory = join(workDirectory, 'toolkit');
  await mkdir(homeDirectory, { recursive: true });
  const toolkit: ToolkitOptions = { endpoint, region, homeDirectory, onProgress };
  try {
    const context: SubstitutionContext = {
      kind: options.endpointKind ?? (await detectEndpointKind(endpoint)),
      cloudFormation,
      target: { endpoint, region, bootstrapServers: options.bootstrapServers },
    };
    const [stacks] = await Promise.all([
      substituteStacks(assembly, context),
      bootstrapOnce(cloudFormation, toolkit),
    ]);
    const rewritten = join(workDirectory, 'assembly');
    const asking = stacks.map(({ template, absentMappings, ...stack }) => ({
      ...stack,
      template: addDiscoveryOutputs(template, absentMappings),
    }));
    const deployable = context.kind === 'localstack' ? exportStackOutputs(asking) : asking;
    const templates = deployable.map(({ templateFile, template }) => [templateFile, template] as const);
    await writeAssembly(assembly, new Map(templates), rewritten);
    await deployStacks(rewritten, toolkit);
    const app = await discoverApp({ assembly, stacks, endpoint, cloudFormation });
    const sources = sourceSubstitutions(app.eventSourceMappings, options.bootstrapServers);
    return { ...app, substitutions: [...app.substitutions, ...sources] };
  } finally {
    cloudFormation.destroy();
  }
}

async function substituteStacks(
  assembly: Assembly,
  context: SubstitutionContext,
): Promise<SubstitutedStack[]> {
  const substituted: SubstitutedStack[] = [];
  for (const stack of assembly.stacks) substituted.push(await substituteStack(stack, context));
  return substituted;
}

async function bootstrapOnce(client: CloudFormationClient, toolkit: ToolkitOptions): Promise<void> {
  if ((await bootstrapStackId(client)) === undefined) await bootstrapEndpoint(toolkit);
}
