import type { ListrTask } from 'listr2';
import type { DeployedApp } from '../../deployment/discovery/deployed-app.ts';
import { awsClientSettings } from '../../deployment/endpoint/aws-client-settings.ts';
import type { EmailEndpoint } from '../../email/email-endpoint.ts';
import type { Engine } from '../../engines/engine.ts';
import { isDeployed, type AssemblySource } from '../plan/app-source.ts';
import type { EnvironmentPlan } from '../plan/environment-plan.ts';
import { requireBrokers, requireEndpoint } from './require-running.ts';
import type { RunnableApp } from '../app/runnable-app.ts';
import { startAwsEmulator, startBroker } from './start-engines.ts';
import type { Runtime, RuntimeHooks } from '../mappings/start-runtime.ts';
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
  runnable?: RunnableApp;
  email?: EmailEndpoint;
  runtime?: Runtime;
}

// Loaded while the engines start, which begins half a second earlier that way.
const moduleOfDeployment = () => import('../app/runnable-app.ts');
const modulesOfPolling = () =>
  Promise.all([import('../../email/email-endpoint.ts'), import('../mappings/start-runtime.ts')]);

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
  const ready = {
    brokers: new StepEnd<void>(),
    endpoint: new StepEnd<void>(),
    assembly: new StepEnd<string>(),
  };
  const engines = [brokerStep(plan, ready.brokers), awsStep(plan, ready.endpoint)];
  const steps = isDeployed(app)
    ? [...engines, synthStep(plan, app, ready.assembly), deployStep(plan, ready)]
    : [...engines, readStep(plan)];
  return [
    { title: 'Prepare', task: (_progress, task) => task.newListr(steps, { concurrent: true }) },
    {
      title: 'Start the functions and the event source mappings',
      task: (progress, task) =>
        told(task, 'waiting for the pollers to join their consumer groups', () =>
          startPolling(progress, plan, hooks),
        ),
    },
  ];
}

/**
 * The result of a step, for the steps that run beside it. It never comes when the step fails: the failure ends them all.
 */
class StepEnd<T> {
  readonly #end = Promise.withResolvers<T>();

  get result(): Promise<T> {
    return this.#end.promise;
  }

  /** Runs the step, whose end this is. */
  async of(step: () => Promise<T>): Promise<void> {
    this.#end.resolve(await step());
  }
}

interface StepEnds {
  readonly brokers: StepEnd<void>;
  readonly endpoint: StepEnd<void>;
  readonly assembly: StepEnd<string>;
}

async function startPolling(progress: Progress, plan: EnvironmentPlan, hooks: StepHooks): Promise<void> {
  if (progress.runnable === undefined) throw new Error('Nothing is deployed.');
  const { app: deployed } = progress.runnable;
  const { bootstrapServers, awsEndpoint, directories, options } = plan;
  const [{ openEmailEndpoint }, { startRuntime }] = await modulesOfPolling();
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

function brokerStep(
  { bootstrapServers, brokerPort, directories }: EnvironmentPlan,
  end: StepEnd<void>,
): Step {
  if (brokerPort === undefined) {
    return {
      title: `Kafka on ${bootstrapServers}`,
      task: () => end.of(() => requireBrokers(bootstrapServers)),
    };
  }
  return {
    title: `Apache Kafka on ${bootstrapServers}`,
    task: (progress, task) =>
      told(task, 'the start of Apache Kafka', (report) =>
        end.of(async () => {
          progress.engines.push(await startBroker(brokerPort, directories, report));
        }),
      ),
  };
}

function awsStep(
  { awsEndpoint, awsPort, bootstrapServers, directories }: EnvironmentPlan,
  end: StepEnd<void>,
): Step {
  if (awsPort === undefined) {
    return { title: `AWS endpoint ${awsEndpoint}`, task: () => end.of(() => requireEndpoint(awsEndpoint)) };
  }
  return {
    title: `AWS emulator on ${awsEndpoint}`,
    task: (progress, task) =>
      told(task, 'the start of MiniStack', (report) =>
        end.of(async () => {
          progress.awsEmulator = await startAwsEmulator(awsPort, bootstrapServers, directories, report);
          progress.engines.push(progress.awsEmulator);
        }),
      ),
  };
}

function synthStep(
  { options, directories }: EnvironmentPlan,
  source: AssemblySource,
  end: StepEnd<string>,
): Step {
  const { name, region } = options;
  return {
    title: source.kind === 'assembly' ? `Cloud assembly ${name}` : `Synthesize the CDK app ${name}`,
    task: (_progress, task) =>
      told(task, 'the synthesis of the app', () =>
        end.of(() =>
          synthesize(source, {
            outputDirectory: directories.assembly,
            ...(region === undefined ? {} : { region }),
          }),
        ),
      ),
  };
}

/** Deploys while the brokers still start: it needs them only for the topics. */
function deployStep(plan: EnvironmentPlan, { brokers, endpoint, assembly }: StepEnds): Step {
  return {
    title: 'Deploy the CDK app',
    task: async (progress, task) => {
      await endpoint.result;
      const { makeRunnable } = await moduleOfDeployment();
      void brokers.result.then(modulesOfPolling);
      progress.runnable = await makeRunnable(
        plan,
        { assemblyDirectory: await assembly.result, brokersReady: brokers.result },
        { onProgress: showing(task), onWait: telling(task) },
      );
    },
  };
}

function readStep(plan: EnvironmentPlan): Step {
  return {
    title: 'Read the mapping',
    task: async (progress, task) => {
      const nothing = { assemblyDirectory: undefined, brokersReady: Promise.resolve() };
      const { makeRunnable } = await moduleOfDeployment();
      progress.runnable = await makeRunnable(plan, nothing, {
        onProgress: showing(task),
        onWait: telling(task),
      });
    },
  };
}
