import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { readAssembly, type Assembly } from './assembly/assembly.ts';
import { withNested, type TemplateFile } from './assembly/nested-stacks.ts';
import { awsClientSettings } from './endpoint/aws-client-settings.ts';
import { bootstrapFor } from './endpoint/bootstrap.ts';
import { describeWaiting } from './endpoint/describe-waiting.ts';
import { giveOutsideValues } from './stand-ins/give-outside-values.ts';
import type { DeployedApp } from './discovery/deployed-app.ts';
import { discoverApp } from './discovery/discover-app.ts';
import { addDiscoveryOutputs } from './discovery/discovery-outputs.ts';
import { detectEndpointKind, type EndpointKind } from './substitution/endpoint-kind.ts';
import { withoutIdleParameters } from './substitution/idle-parameters.ts';
import { knownNames } from './substitution/known-names.ts';
import { requireMeaning } from './substitution/leave-out.ts';
import {
  missingValues,
  NO_OUTSIDE_VALUES,
  withOutsideValues,
  type DeployableStack,
  type OutsideValues,
} from './substitution/outside-values.ts';
import { exportStackOutputs } from './substitution/stack-outputs.ts';
import { sourceSubstitutions } from './discovery/source-substitutions.ts';
import { makeStandInAlarms } from './stand-ins/stand-in-alarms.ts';
import { substituteStack, type SubstitutedStack, type SubstitutionContext } from './stand-ins/substitute.ts';
import { BrokerWork } from './stand-ins/broker-work.ts';
import { isCustomResource } from './substitution/custom-resources.ts';
import { deployStacks, type ToolkitOptions } from './endpoint/toolkit.ts';
import { hasDocker } from '../helpers/docker.ts';
import { sdkClientsNamedIn } from '../helpers/sdk-packages.ts';
import { watchSilence } from '../helpers/watch-silence.ts';
import { writeAssembly } from './assembly/write-assembly.ts';

/** The silence, in milliseconds, after which the user sees what the deployment waits for. */
const SILENCE_MS = 20_000;

export interface DeploymentOptions {
  /** The cloud assembly, from `cdk synth --output`. */
  readonly assemblyDirectory: string;
  /** The region of an app whose stacks name none. */
  readonly defaultRegion: string;
  /** The AWS endpoint, such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Absent: the endpoint is asked. */
  readonly endpointKind?: EndpointKind;
  /** Bootstrap servers of the broker on which topics are created. */
  readonly bootstrapServers: string;
  /** Resolves when the brokers answer; absent: they do. The deployment waits as late as it can. */
  readonly brokersReady?: Promise<void>;
  /** A folder for the rewritten assembly and the toolkit's own files. */
  readonly workDirectory: string;
  /** Values that the app imports from outside; absent: none. */
  readonly outside?: OutsideValues;
  /** The AWS SDK packages available to functions at the endpoint, such as `@aws-sdk/client-sqs`. */
  readonly sdkPackages: ReadonlySet<string>;
  /** Reads the endpoint's last error from its log; absent when the log cannot be read. */
  readonly lastError?: () => Promise<string | undefined>;
  readonly onProgress: (line: string) => void;
  /** Receives messages for the user: what the deployment waits for, when nothing has happened for 20 s. */
  readonly onWait: (line: string) => void;
}

/**
 * Deploys a cloud assembly to a local AWS endpoint, with stand-ins for resources that the endpoint does not support.
 * Then reads back the deployed functions, event source mappings and outputs, and lists each substituted resource with
 * its reason.
 *
 * @throws Error when a resource can be neither created nor substituted, when a value from outside is missing, or when
 * the toolkit fails; the message explains the failure and ends with the toolkit's last lines
 */
export async function deployAssembly(options: DeploymentOptions): Promise<DeployedApp> {
  const { endpoint, bootstrapServers, outside = NO_OUTSIDE_VALUES } = options;
  const assembly = await readGivenAssembly(options, outside);
  const { region } = assembly;
  const cloudFormation = new CloudFormationClient(awsClientSettings(endpoint, region));
  const watch = watchDeployment(options, assembly, cloudFormation);
  try {
    const kind = options.endpointKind ?? (await detectEndpointKind(endpoint));
    const brokers = new BrokerWork(options.brokersReady);
    const context: SubstitutionContext = {
      kind,
      cloudFormation,
      target: { endpoint, region, bootstrapServers, atBrokers: (work) => brokers.add(work) },
      leaveOut: outside.leaveOut,
      assets: assembly.assets,
      sdkPackages: options.sdkPackages,
      clientsNamedIn: sdkClientsNamedIn,
    };
    const toolkit = await toolkitOptions(options, region, watch.onProgress);
    const [stacks] = await Promise.all([
      substituteStacks(assembly, context),
      bootstrapFor(assembly.bootstrap, cloudFormation, awsClientSettings(endpoint, region)),
    ]);
    await giveOutsideValues(missingValues(stacks, region), outside, { endpoint, region, cloudFormation });
    requireMeaning(
      outside.leaveOut,
      stacks.flatMap(({ substitutions }) => substitutions),
    );
    const rewritten = await writeRewritten(options, assembly, { stacks, kind });
    if (stacks.some(runsCode)) await brokers.done();
    await Promise.all([brokers.done(), deployStacks(rewritten, toolkit)]);
    const app = await discoverApp({
      assembly,
      stacks,
      endpoint,
      host: { kind, hasDocker: hasDocker(process.env) },
      cloudFormation,
    });
    if (kind === 'ministack') await makeStandInAlarms(app.alarms, { endpoint, region });
    const sources = sourceSubstitutions(app.eventSourceMappings, bootstrapServers);
    return { ...app, substitutions: [...app.substitutions, ...sources] };
  } finally {
    watch.stop();
    cloudFormation.destroy();
  }
}

/** Returns whether the endpoint runs code of the app while it deploys the stack. That code may use the brokers. */
const runsCode = (stack: SubstitutedStack): boolean =>
  withNested<SubstitutedStack>(stack).some(({ template }) =>
    Object.values(template.Resources).some(isCustomResource),
  );

async function readGivenAssembly(
  { assemblyDirectory, defaultRegion }: DeploymentOptions,
  outside: OutsideValues,
): Promise<Assembly> {
  const assembly = await readAssembly(assemblyDirectory, defaultRegion);
  const stacks = assembly.stacks.map((stack) => withOutsideValues(stack, outside, assembly.region));
  return { ...assembly, stacks };
}

async function toolkitOptions(
  { endpoint, workDirectory }: DeploymentOptions,
  region: string,
  onProgress: (line: string) => void,
): Promise<ToolkitOptions> {
  const homeDirectory = join(workDirectory, 'toolkit');
  await mkdir(homeDirectory, { recursive: true });
  return { endpoint, region, homeDirectory, onProgress };
}

/** Forwards progress, and reports what the deployment waits for when there is none. */
function watchDeployment(
  { onProgress, onWait, lastError = () => Promise.resolve(undefined) }: DeploymentOptions,
  { stacks }: Assembly,
  cloudFormation: CloudFormationClient,
): { readonly onProgress: (line: string) => void; readonly stop: () => void } {
  const stackNames = stacks.map(({ stackName }) => stackName);
  const watch = watchSilence(SILENCE_MS, async () => {
    const waiting = await describeWaiting({ cloudFormation, stackNames, lastError });
    onWait(`Nothing has happened for ${SILENCE_MS / 1_000} s: ${waiting}`);
  });
  return {
    onProgress: (line) => {
      watch.heard();
      onProgress(line);
    },
    stop: () => {
      watch.stop();
    },
  };
}

async function substituteStacks(
  assembly: Assembly,
  context: SubstitutionContext,
): Promise<(SubstitutedStack & DeployableStack)[]> {
  const substituted: (SubstitutedStack & DeployableStack)[] = [];
  for (const stack of assembly.stacks) {
    const { toolkitParameters } = stack;
    const known = knownNames({ ...stack, region: assembly.region });
    const done = await substituteStack({ ...stack, known }, context);
    const template = withoutIdleParameters(done.template, toolkitParameters, done.absentResources);
    substituted.push({ ...done, template, toolkitParameters });
  }
  return substituted;
}

interface Rewritten {
  readonly stacks: readonly SubstitutedStack[];
  readonly kind: EndpointKind;
}

/** @returns the folder of an assembly whose templates the endpoint supports. */
async function writeRewritten(
  { workDirectory }: DeploymentOptions,
  assembly: Assembly,
  { stacks, kind }: Rewritten,
): Promise<string> {
  const directory = join(workDirectory, 'assembly');
  const asking = stacks.map(withQuestions);
  const deployable = kind === 'localstack' ? exportStackOutputs(asking) : asking;
  const templates = deployable
    .flatMap((stack) => withNested<TemplateFile>(stack))
    .map(({ templateFile, template }) => [templateFile, template] as const);
  await writeAssembly(assembly, new Map(templates), { directory, withImages: hasDocker(process.env) });
  return directory;
}

/** Adds the outputs for reading back to a stack and all its nested stacks. */
function withQuestions({
  stackName,
  templateFile,
  template,
  absentResources,
  nested,
}: SubstitutedStack): AskingStack {
  return {
    stackName,
    templateFile,
    template: addDiscoveryOutputs(template, absentResources),
    nested: mapOf(nested, withQuestions),
  };
}

interface AskingStack extends TemplateFile {
  readonly stackName: string;
}

const mapOf = <From, To>(
  map: ReadonlyMap<string, From>,
  change: (value: From) => To,
): ReadonlyMap<string, To> => new Map([...map].map(([key, value]) => [key, change(value)]));
