import { randomBytes } from 'node:crypto';
import { Listr } from 'listr2';
import { describeSubstitutions } from '../../deployment/substitution/describe-substitution.ts';
import type { Engine } from '../../engines/engine.ts';
import { startControlApi } from '../control/control-api.ts';
import type { EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import { makePlan, type EnvironmentPlan } from '../plan/environment-plan.ts';
import { environmentSteps, type Progress } from './environment-steps.ts';
import type { RunnableApp } from '../app/runnable-app.ts';
import type { Runtime } from '../mappings/start-runtime.ts';
import { StepLogger } from './step-logger.ts';

export interface StartedEnvironment {
  readonly description: EnvironmentDescription;
  /** Ends all that was started, last first. */
  close(): Promise<void>;
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
  const { engines, runnable, runtime } = await runSteps(plan);
  const closing = new AbortController();
  for (const engine of engines) void stopWithEngine(engine, closing.signal, stop);

  const controlToken = randomBytes(32).toString('hex');
  const control = await startControlApi(controlToken, {
    describe: () => description,
    mappings: () => runtime.mappings(),
    setPollers: (group, count) => runtime.setPollers(group, count),
    killPoller: (group, pid) => runtime.killPoller(group, pid),
    publishMetrics: () => runtime.publishMetrics(),
    stop: () => {
      stop('asked to stop');
    },
  });
  const description: EnvironmentDescription = {
    name: options.name,
    region: runnable.app.region,
    bootstrapServers: plan.bootstrapServers,
    awsEndpoint: plan.awsEndpoint,
    lambdaEndpoint: runtime.lambdaEndpoint,
    controlEndpoint: control.endpoint,
    controlToken,
    logsDirectory: plan.directories.logs,
    outputs: runnable.app.outputs,
    substitutions: [
      ...describeSubstitutions(runnable.app.substitutions),
      ...runtime.createdTopics.map((topic) => describeCreatedTopic(topic, options)),
    ],
  };
  return {
    description,
    close: async () => {
      closing.abort();
      control.close();
      await runtime.close();
      await runnable.removeCode();
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

interface Started {
  readonly engines: readonly Engine[];
  readonly runnable: RunnableApp;
  readonly runtime: Runtime;
}

async function runSteps(plan: EnvironmentPlan): Promise<Started> {
  const progress: Progress = { engines: [] };
  await new Listr<Progress>(environmentSteps(plan), {
    ctx: progress,
    rendererOptions: { collapseSubtasks: false, collapseErrors: false, showErrorMessage: false },
    fallbackRendererCondition: () => !process.stderr.isTTY,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { logger: new StepLogger() },
  }).run();
  const { engines, runnable, runtime } = progress;
  if (runnable === undefined || runtime === undefined) throw new Error('The environment is incomplete.');
  return { engines, runnable, runtime };
}

const describeCreatedTopic = (topic: string, { newTopicPartitions }: EnvironmentOptions): string =>
  `created: topic ${topic} with ${newTopicPartitions} partitions, because a mapping names it and nothing else made it`;

/** An environment without its broker or its AWS endpoint is of no use, and would only fail in odd ways. */
async function stopWithEngine(
  engine: Engine,
  closing: AbortSignal,
  stop: (reason: string) => void,
): Promise<void> {
  const { code, signal } = await engine.exited;
  if (!closing.aborted) stop(`${engine.name} ended by itself (${signal ?? `exit code ${code}`})`);
}
