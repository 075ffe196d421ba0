import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Listr, type ListrTask } from 'listr2';
import { deployAssembly } from '../deployment/deploy-assembly.ts';
import type { DeployedApp } from '../deployment/deployed-app.ts';
import { describeSubstitution } from '../deployment/describe-substitution.ts';
import type { Engine } from '../engines/engine.ts';
import { missingPrerequisites } from '../engines/prerequisites.ts';
import { startControlApi } from './control-api.ts';
import type { EnvironmentDescription } from './environment-description.ts';
import { enginesDirectory } from './project-directory.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { makeRunDirectories, type RunDirectories } from './run-directories.ts';
import { resolvePort, startAwsEmulator, startBroker } from './start-engines.ts';
import { startRuntime, type Runtime } from './start-runtime.ts';
import { synthesize } from './synthesize.ts';

export interface StartedEnvironment {
  readonly description: EnvironmentDescription;
  /** Ends all that was started, last first. */
  close(): Promise<void>;
}

/** Where everything goes, decided before anything starts. */
interface Plan {
  readonly options: EnvironmentOptions;
  readonly directories: RunDirectories;
  readonly brokerPort: number;
  readonly bootstrapServers: string;
  readonly awsPort: number;
  readonly awsEndpoint: string;
}

/** What the steps have brought about so far. */
interface Progress {
  readonly engines: Engine[];
  app?: DeployedApp;
  runtime?: Runtime;
}

/**
 * Starts the engines, deploys the CDK app, and runs its functions and event source mappings.
 *
 * @param stop - ends the environment; called by the control API, and when an engine ends by itself.
 * @throws {Error} when a step fails. What was started before it still runs: the caller ends the process group.
 */
export async function startEnvironment(
  options: EnvironmentOptions,
  stop: (reason: string) => void,
): Promise<StartedEnvironment> {
  const plan = await makePlan(options);
  const progress: Progress = { engines: [] };
  await new Listr<Progress>(steps(plan), {
    ctx: progress,
    rendererOptions: { collapseSubtasks: false },
    fallbackRendererCondition: () => !process.stderr.isTTY,
    fallbackRenderer: 'simple',
  }).run();
  const { app, runtime, engines } = progress;
  if (app === undefined || runtime === undefined) throw new Error('The environment is incomplete.');
  const closing = new AbortController();
  for (const engine of engines) void stopWithEngine(engine, closing.signal, stop);

  const controlToken = randomBytes(32).toString('hex');
  const control = await startControlApi(controlToken, {
    describe: () => description,
    mappings: () => runtime.mappings(),
    setPollers: (group, count) => runtime.setPollers(group, count),
    killPoller: (group, pid) => runtime.killPoller(group, pid),
    stop: () => {
      stop('asked to stop');
    },
  });
  const description: EnvironmentDescription = {
    stage: options.stage,
    region: app.region,
    bootstrapServers: plan.bootstrapServers,
    awsEndpoint: plan.awsEndpoint,
    lambdaEndpoint: runtime.lambdaEndpoint,
    controlEndpoint: control.endpoint,
    controlToken,
    logsDirectory: plan.directories.logs,
    outputs: app.outputs,
    substitutions: app.substitutions.map(describeSubstitution),
  };
  return {
    description,
    close: async () => {
      closing.abort();
      control.close();
      await runtime.close();
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

async function makePlan(options: EnvironmentOptions): Promise<Plan> {
  const missing = await missingPrerequisites(enginesDirectory);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  const brokerPort = await resolvePort(options.ports.broker, 'the Kafka broker');
  const awsPort = await resolvePort(options.ports.aws, 'the AWS emulator');
  return {
    options,
    directories: await makeRunDirectories(options.runDirectory),
    brokerPort,
    bootstrapServers: `127.0.0.1:${brokerPort}`,
    awsPort,
    awsEndpoint: options.awsEndpoint ?? `http://127.0.0.1:${awsPort}`,
  };
}

function steps(plan: Plan): ListrTask<Progress>[] {
  const { directories, options } = plan;
  return [
    {
      title: 'Prepare',
      task: (_progress, task) =>
        task.newListr(
          [brokerStep(plan), ...(options.awsEndpoint === undefined ? [awsStep(plan)] : []), synthStep(plan)],
          {
            concurrent: true,
          },
        ),
    },
    {
      title: 'Deploy the CDK app',
      task: async (progress, task) => {
        progress.app = await deployAssembly({
          assemblyDirectory: directories.assembly,
          endpoint: plan.awsEndpoint,
          bootstrapServers: plan.bootstrapServers,
          workDirectory: join(options.runDirectory, 'deployment'),
          onProgress: showing(task),
        });
      },
    },
    {
      title: 'Start the functions and the event source mappings',
      task: async (progress) => {
        if (progress.app === undefined) throw new Error('Nothing is deployed.');
        progress.runtime = await startRuntime(progress.app, {
          ...plan,
          logsDirectory: directories.logs,
          runDirectory: options.runDirectory,
        });
      },
    },
  ];
}

/** What a step is at, on one line that changes; a log, where every line would stay, gets the steps only. */
function showing(task: { output: string }): (line: string) => void {
  return (line) => {
    if (process.stderr.isTTY) task.output = line;
  };
}

function brokerStep(plan: Plan): ListrTask<Progress> {
  return {
    title: `Apache Kafka on ${plan.bootstrapServers}`,
    task: async (progress, task) => {
      progress.engines.push(await startBroker(plan.brokerPort, plan.directories, showing(task)));
    },
  };
}

function awsStep(plan: Plan): ListrTask<Progress> {
  return {
    title: `AWS emulator on ${plan.awsEndpoint}`,
    task: async (progress, task) => {
      progress.engines.push(
        await startAwsEmulator(plan.awsPort, plan.bootstrapServers, plan.directories, showing(task)),
      );
    },
  };
}

function synthStep({ options, directories }: Plan): ListrTask<Progress> {
  return {
    title: `Synthesize the CDK app, stage ${options.stage}`,
    task: () => synthesize(options.stage, directories.assembly),
  };
}

/** An environment without its broker or its AWS endpoint is of no use, and would only fail in odd ways. */
async function stopWithEngine(
  engine: Engine,
  closing: AbortSignal,
  stop: (reason: string) => void,
): Promise<void> {
  const { code, signal } = await engine.exited;
  if (!closing.aborted) stop(`${engine.name} ended by itself (${signal ?? `exit code ${code}`})`);
}
