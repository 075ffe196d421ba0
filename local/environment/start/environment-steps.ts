import type { ListrTask } from 'listr2';
import type { DeployedApp } from '../../deployment/discovery/deployed-app.ts';
import { awsClientSettings } from '../../deployment/endpoint/aws-client-settings.ts';
import { openEmailEndpoint, type EmailEndpoint } from '../../email/email-endpoint.ts';
import type { Engine } from '../../engines/engine.ts';
import type { AssemblySource } from '../plan/app-source.ts';
import type { EnvironmentPlan } from '../plan/environment-plan.ts';
import { requireBrokers, requireEndpoint } from './require-running.ts';
import { isDeployed, makeRunnable, type RunnableApp } from '../app/runnable-app.ts';
import { startAwsEmulator, startBroker } from './start-engines.ts';
import { startRuntime, type Runtime, type RuntimeHooks } from '../mappings/start-runtime.ts';
import { watchSilence } from '../../helpers/watch-silence.ts';
import { synthesize } from '../app/synthesize.ts';

/** The silence, in milliseconds, after which the user sees what a step is doing. */
const SILENCE_MS = 20_000;

/** The results of the steps so far. */
export interface Progress {
  readonly engines: Engine[];
  awsEmulator?: Engine;
  /** Notes for the user when all steps are done. */
  readonly notes: string[];
  assemblyDirectory?: string;
  runnable?: RunnableApp;
  email?: EmailEndpoint;
  runtime?: Runtime;
}

type Step = ListrTask<Progress>;

/** A deployed app, and the address of SES version 2 for its e-mails. */
export interface Deployed {
  readonly app: DeployedApp;
  readonly emailEndpoint: string;
}

/** Callbacks for the caller that starts an environment. */
export interface StepHooks extends RuntimeHooks {
  /** Called when the app is deployed and the groups are at their starting offsets. Nothing polls before it resolves. */
  readonly prepare: (deployed: Deployed) => Promise<void>;
}

/** Lists the steps until the mappings poll, in order. */
export function environmentSteps(plan: EnvironmentPlan, hooks: StepHooks): Step[] {
  const { app } = plan.options;
  const preparations = [brokerStep(plan), awsStep(plan), ...(isDeployed(app) ? [synthStep(plan, app)] : [])];
  return [
    { title: 'Prepare', task: (_progress, task) => task.newListr(preparations, { concurrent: true }) },
    {
      title: isDeployed(app) ? 'Deploy the CDK app' : 'Read the mapping',
      task: async (progress, task) => {
        progress.runnable = await makeRunnable(plan, progress.assemblyDirectory, {
          onProgress: showing(task),
          onWait: telling(task),
        });
      },
    },
    {
      title: 'Start the functions and the event source mappings',
      task: (progress, task) =>
        told(task, 'waiting for the pollers to join their consumer groups', () =>
          startPolling(progress, plan, hooks),
        ),
    },
  ];
}

async function startPolling(progress: Progress, plan: EnvironmentPlan, hooks: StepHooks): Promise<void> {
  if (progress.runnable === undefined) throw new Error('Nothing is deployed.');
  const { app: deployed } = progress.runnable;
  const { bootstrapServers, awsEndpoint, directories, options } = plan;
  const email = await openEmailEndpoint(awsClientSettings(awsEndpoint, deployed.region));
  progress.email = email;
  progress.runtime = await startRuntime(deployed, {
    ...options,
    ...hooks,
    beforePolling: async (read) => {
      const notes = await hooks.beforePolling(read);
      progress.notes.push(...notes);
      await hooks.prepare({ app: deployed, emailEndpoint: email.endpoint });
      return notes;
    },
    serviceEndpoints: {
      ...(email.isTranslated && { SESV2: email.endpoint }),
      ...options.serviceEndpoints,
    },
    mappingsAtEndpoint: isDeployed(options.app),
    bootstrapServers,
    awsEndpoint,
    logsDirectory: directories.logs,
    sdkModules: directories.sdkModules,
  });
}

/**
 * Shows the progress of a step on one line that changes. A log, in which every line would stay, shows the steps only.
 */
function showing(task: Shown): (line: string) => void {
  return (line) => {
    if (process.stderr.isTTY) task.output = line;
  };
}

interface Shown {
  output: string;
}

/** Runs a step. After a silence, it shows the user the step's last progress. */
async function told(
  task: Shown,
  first: string,
  work: (report: (line: string) => void) => Promise<void>,
): Promise<void> {
  let last = first;
  const watch = watchSilence(SILENCE_MS, () => {
    task.output = `Still running: ${last}`;
    return Promise.resolve();
  });
  const show = showing(task);
  try {
    await work((line) => {
      last = line;
      watch.heard();
      show(line);
    });
  } finally {
    watch.stop();
  }
}

/** Shows a message that the user must see, in a log too. */
function telling(task: Shown): (line: string) => void {
  return (line) => {
    task.output = line;
  };
}

function brokerStep({ bootstrapServers, brokerPort, directories }: EnvironmentPlan): Step {
  if (brokerPort === undefined) {
    return { title: `Kafka on ${bootstrapServers}`, task: () => requireBrokers(bootstrapServers) };
  }
  return {
    title: `Apache Kafka on ${bootstrapServers}`,
    task: (progress, task) =>
      told(task, 'the start of Apache Kafka', async (report) => {
        progress.engines.push(await startBroker(brokerPort, directories, report));
      }),
  };
}

function awsStep({ awsEndpoint, awsPort, bootstrapServers, directories }: EnvironmentPlan): Step {
  if (awsPort === undefined) {
    return { title: `AWS endpoint ${awsEndpoint}`, task: () => requireEndpoint(awsEndpoint) };
  }
  return {
    title: `AWS emulator on ${awsEndpoint}`,
    task: (progress, task) =>
      told(task, 'the start of MiniStack', async (report) => {
        progress.awsEmulator = await startAwsEmulator(awsPort, bootstrapServers, directories, report);
        progress.engines.push(progress.awsEmulator);
      }),
  };
}

function synthStep({ options, directories }: EnvironmentPlan, source: AssemblySource): Step {
  const { name, region } = options;
  return {
    title: source.kind === 'assembly' ? `Cloud assembly ${name}` : `Synthesize the CDK app ${name}`,
    task: (progress, task) =>
      told(task, 'the synthesis of the app', async () => {
        progress.assemblyDirectory = await synthesize(source, {
          outputDirectory: directories.assembly,
          ...(region === undefined ? {} : { region }),
        });
      }),
  };
}
