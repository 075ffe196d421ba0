import { randomBytes } from 'node:crypto';
import { Listr } from 'listr2';
import { describeSubstitutions } from '../../deployment/substitution/describe-substitution.ts';
import type { EmailEndpoint } from '../../email/email-endpoint.ts';
import type { Engine } from '../../engines/engine.ts';
import { startControlApi } from '../control/control-api.ts';
import type { DeployedEnvironment, EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import { makePlan, type EnvironmentPlan } from '../plan/environment-plan.ts';
import { environmentSteps, type Deployed, type Progress, type StepHooks } from './environment-steps.ts';
import { createRunKeeper, type RunKeeper } from './run-keeper.ts';
import type { RunnableApp } from '../app/runnable-app.ts';
import type { WantedTopic } from '../mappings/missing-topics.ts';
import type { Runtime } from '../mappings/start-runtime.ts';
import { StepLogger } from './step-logger.ts';
import type { StopCause } from './stop-cause.ts';

export interface StartedEnvironment {
  readonly description: EnvironmentDescription;
  /** Stops everything that was started, in reverse order. */
  close(): Promise<void>;
}

export interface EnvironmentHooks {
  /**
   * Stops the environment. Called by the control API, and when the environment cannot continue: an engine ended by
   * itself, or the AWS endpoint lost what was deployed.
   */
  readonly stop: (cause: StopCause) => void;
  /** Work on the deployed app, before any record is read. */
  readonly prepare: (environment: DeployedEnvironment) => Promise<void>;
}

/**
 * Starts the engines, deploys the CDK app, and runs its functions and event source mappings.
 *
 * @throws {Error} when a step fails. Everything that was started before keeps running until the caller kills the
 *   process group.
 */
export async function startEnvironment(
  options: EnvironmentOptions,
  { stop, prepare }: EnvironmentHooks,
): Promise<StartedEnvironment> {
  const plan = await makePlan(options);
  const broken = (reason: string): void => {
    stop({ kind: 'broken', reason });
  };
  const keeper = keeperOf(plan);
  const { engines, awsEmulator, runnable, email, runtime } = await runSteps(plan, {
    beforePolling: (read) => keeper?.beforePolling(read) ?? Promise.resolve([]),
    endpointForgot: async () => {
      await keeper?.emulatorEmptied();
      broken(forgottenText(plan));
    },
    prepare: (deployed) => prepare(deployedEnvironment(plan, deployed)),
  });
  const closing = new AbortController();
  for (const engine of engines) void stopWithEngine(engine, closing.signal, broken);

  const controlToken = randomBytes(32).toString('hex');
  const control = await startControlApi(controlToken, {
    describe: () => description,
    mappings: () => runtime.mappings(),
    setPollers: (group, count) => runtime.setPollers(group, count),
    killPoller: (group, pid) => runtime.killPoller(group, pid),
    callsSince: (revision) => runtime.callsSince(revision),
    disturb: (group, { forMs, ...disturbance }) =>
      runtime.disturb(group, { ...disturbance, until: Date.now() + forMs }),
    watchedMetrics: () => runtime.watchedMetrics,
    publishMetrics: () => runtime.publishMetrics(),
    stop: () => {
      stop({ kind: 'asked' });
    },
  });
  const description: EnvironmentDescription = {
    ...deployedEnvironment(plan, { app: runnable.app, emailEndpoint: email.endpoint }),
    lambdaEndpoint: runtime.lambdaEndpoint,
    controlEndpoint: control.endpoint,
    controlToken,
    substitutions: [
      ...describeSubstitutions([...runnable.app.substitutions, ...runtime.notes]),
      ...(email.isTranslated ? [TRANSLATED_EMAIL] : []),
      ...runtime.createdTopics.map(describeCreatedTopic),
    ],
  };
  return {
    description,
    close: async () => {
      closing.abort();
      await runtime.close();
      email.close();
      await runnable.removeCode();
      await Promise.all(engines.map((engine) => engine.stop()));
      if (await savedItsState(awsEmulator)) await keeper?.emulatorSaved();
      // Last, as `orders down` waits for it.
      control.close();
    },
  };
}

interface Started {
  readonly engines: readonly Engine[];
  readonly awsEmulator: Engine | undefined;
  readonly runnable: RunnableApp;
  readonly email: EmailEndpoint;
  readonly runtime: Runtime;
}

function deployedEnvironment(
  { options, bootstrapServers, awsEndpoint, data, directories }: EnvironmentPlan,
  { app: { region, outputs }, emailEndpoint }: Deployed,
): DeployedEnvironment {
  return {
    name: options.name,
    region,
    bootstrapServers,
    awsEndpoint,
    emailEndpoint,
    isEndpointAdopted: options.awsEndpoint !== undefined,
    data,
    logsDirectory: directories.logs,
    outputs,
  };
}

async function runSteps(plan: EnvironmentPlan, hooks: StepHooks): Promise<Started> {
  const progress: Progress = { engines: [], notes: [] };
  await new Listr<Progress>(environmentSteps(plan, hooks), {
    ctx: progress,
    rendererOptions: { collapseSubtasks: false, collapseErrors: false, showErrorMessage: false },
    fallbackRendererCondition: () => !process.stderr.isTTY,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { logger: new StepLogger() },
  }).run();
  const { engines, awsEmulator, runnable, email, runtime, notes } = progress;
  for (const note of notes) console.error(note);
  if (runnable === undefined || email === undefined || runtime === undefined)
    throw new Error('The environment is incomplete.');
  return { engines, awsEmulator, runnable, email, runtime };
}

function keeperOf({ run, bootstrapServers, directories }: EnvironmentPlan): RunKeeper | undefined {
  return run && createRunKeeper({ bootstrapServers, dataDirectory: directories.data, run });
}

/** Stops MiniStack and notes its saved state. It saves only when it stops cleanly. */
async function savedItsState(awsEmulator: Engine | undefined): Promise<boolean> {
  return (await awsEmulator?.exited)?.code === 0;
}

const forgottenText = ({ awsEndpoint }: EnvironmentPlan): string =>
  `the AWS endpoint ${awsEndpoint} has lost everything that was deployed to it, because it was restarted empty or reset. ` +
  'The content of its tables and queues is gone. Start again to deploy the app anew.';

const describeCreatedTopic = ({ topic, partitions }: WantedTopic): string =>
  `created: topic ${topic} with ${partitions} partitions, because a mapping names it and nothing else created it`;

const TRANSLATED_EMAIL =
  'stand-in: the API of SES version 2, because the endpoint has only version 1: SendEmail and CreateEmailIdentity of ' +
  'functions that run as processes are translated to it';

/**
 * Stops the environment when an engine ends: without its broker or its AWS endpoint it would only fail in confusing
 * ways.
 */
async function stopWithEngine(
  engine: Engine,
  closing: AbortSignal,
  broken: (reason: string) => void,
): Promise<void> {
  const { code, signal } = await engine.exited;
  if (!closing.aborted) broken(`${engine.name} ended by itself (${signal ?? `exit code ${code}`}).`);
}
