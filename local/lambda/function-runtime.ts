import { ExecutionEnvironment } from './execution-environment.ts';
import type { EnvironmentSettings, EnvironmentState, Run } from './execution-environment.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import type { InvocationLog } from './invocation-log.ts';
import { MAX_INIT_MS } from './limits.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import {
  endLine,
  initReportLine,
  initStartLine,
  reportLine,
  startLine,
  timeoutLine,
} from './platform-log.ts';
import { serviceFault } from './service-errors.ts';
import type { Invocation } from './runtime-api.ts';

/** Time, and names that nothing else has. */
interface RuntimeDependencies {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds since any fixed moment, with fractions; never set back. */
  readonly monotonicNow: () => number;
  readonly newId: () => string;
}

export interface FunctionRuntimeOptions {
  readonly settings: EnvironmentSettings;
  /** How long an environment stays without work before it is ended. */
  readonly idleTimeoutMs: number;
  readonly dependencies: RuntimeDependencies;
}

/** An invocation before it is known when it will run. */
export type InvocationRequest = Omit<Invocation, 'deadlineMs'>;

/** One execution environment as the host's status shows it. */
export interface EnvironmentStatus {
  readonly pid: number;
  readonly state: EnvironmentState;
  /** How many invocations were dispatched to it. */
  readonly invocations: number;
}

interface Initialization {
  readonly environment: ExecutionEnvironment;
  readonly run: Run;
  readonly durationMs: number;
}

/** One invocation on its way through this file. */
interface Task {
  readonly request: InvocationRequest;
  readonly log: InvocationLog;
  readonly startedAt: number;
  /** Present when a cold start came before. */
  readonly initDurationMs?: number;
}

/**
 * All execution environments of one function. Each invocation has one to itself: of those that are idle, the one that has waited
 * longest. AWS does not document its choice. With this one, what an environment has in memory is not left alone while the function is
 * called at all.
 */
export class FunctionRuntime {
  readonly #options: FunctionRuntimeOptions;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  readonly #starting = new Set<Promise<ExecutionEnvironment>>();
  #configuration: FunctionConfiguration;
  #ending = false;

  constructor(configuration: FunctionConfiguration, options: FunctionRuntimeOptions) {
    this.#configuration = configuration;
    this.#options = options;
  }

  get configuration(): FunctionConfiguration {
    return this.#configuration;
  }

  /** Takes a new deployment: idle environments of the old one end now, busy ones after their invocation. */
  reconfigure(configuration: FunctionConfiguration): void {
    this.#configuration = configuration;
    for (const environment of this.#idle.keys()) this.#retire(environment);
  }

  /** Runs one invocation. Rejects with a `ServiceError` when no process can be started. */
  async invoke(request: InvocationRequest, log: InvocationLog): Promise<Outcome> {
    const warm = this.#takeIdle();
    if (warm !== undefined) return this.#invokeOn(warm, this.#begin(request, log));
    const first = await this.#initialize(log, MAX_INIT_MS);
    if (isReady(first.run)) {
      return this.#invokeOn(first.environment, this.#begin(request, log, first.durationMs));
    }
    const { failure } = outcomeOf({ ...first.run, requestId: request.requestId, limitMs: MAX_INIT_MS });
    if (failure !== undefined) log.write(initReportLine(first.durationMs, 'init', failure));
    return this.#initializeAgain(this.#begin(request, log));
  }

  status(): readonly EnvironmentStatus[] {
    return [...this.#all].map(({ pid, state, invocations }) => ({ pid, state, invocations }));
  }

  /** Ends every environment, also in the middle of an invocation. Resolves when all processes are gone. */
  async end(): Promise<void> {
    this.#ending = true;
    await Promise.allSettled(this.#starting);
    await Promise.all([...this.#all].map(async (environment) => environment.end()));
  }

  #begin(request: InvocationRequest, log: InvocationLog, initDurationMs?: number): Task {
    log.write(startLine(request.requestId));
    const task = { request, log, startedAt: this.#options.dependencies.monotonicNow() };
    return initDurationMs === undefined ? task : { ...task, initDurationMs };
  }

  /**
   * Lambda tries a failed initialization once more, inside the invocation and its timeout.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
   */
  async #initializeAgain(task: Task): Promise<Outcome> {
    const second = await this.#initialize(task.log, this.#timeoutMs);
    if (isReady(second.run)) return this.#invokeOn(second.environment, task);
    return this.#conclude(task, second.environment, second.run);
  }

  async #initialize(log: InvocationLog, limitMs: number): Promise<Initialization> {
    const { monotonicNow } = this.#options.dependencies;
    log.write(initStartLine(this.#configuration.runtime));
    const startedAt = monotonicNow();
    const environment = await this.#start();
    environment.onLine = log.write;
    const run = await environment.initialize(limitMs);
    if (!isReady(run)) await environment.end();
    return { environment, run, durationMs: monotonicNow() - startedAt };
  }

  async #invokeOn(environment: ExecutionEnvironment, task: Task): Promise<Outcome> {
    const { now, monotonicNow } = this.#options.dependencies;
    const remainingMs = this.#timeoutMs - (monotonicNow() - task.startedAt);
    environment.onLine = task.log.write;
    const run = await environment.invoke(
      { ...task.request, deadlineMs: Math.floor(now() + remainingMs) },
      remainingMs,
    );
    if (run.stop.kind === 'idle') this.#keep(environment);
    return this.#conclude(task, environment, run);
  }

  #conclude(task: Task, environment: ExecutionEnvironment, run: Run): Outcome {
    const { now, monotonicNow } = this.#options.dependencies;
    const { requestId } = task.request;
    const { memorySizeMb, timeoutSeconds } = this.#configuration;
    const outcome = outcomeOf({ ...run, requestId, limitMs: this.#timeoutMs });
    if (run.stop.kind === 'timeout') task.log.write(timeoutLine(requestId, new Date(now()), timeoutSeconds));
    task.log.write(endLine(requestId));
    task.log.write(
      reportLine({
        requestId,
        durationMs: monotonicNow() - task.startedAt,
        initDurationMs: task.initDurationMs,
        memorySizeMb,
        maxMemoryUsedMb: environment.maxMemoryUsedMb,
        failure: outcome.failure,
      }),
    );
    return outcome;
  }

  async #start(): Promise<ExecutionEnvironment> {
    if (this.#ending) throw serviceFault('The Lambda host is closing; nothing new is started.');
    const starting = this.#startProcess();
    this.#starting.add(starting);
    try {
      return await starting;
    } catch (error) {
      throw this.#startFault(error);
    } finally {
      this.#starting.delete(starting);
    }
  }

  async #startProcess(): Promise<ExecutionEnvironment> {
    const { settings, dependencies } = this.#options;
    const day = new Date(dependencies.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const environment = await ExecutionEnvironment.start({
      configuration: this.#configuration,
      settings,
      logStreamName: `${day}/[$LATEST]${dependencies.newId().replaceAll('-', '')}`,
    });
    this.#all.add(environment);
    void environment.ended.then(() => this.#forget(environment));
    return environment;
  }

  #startFault(error: unknown): Error {
    const { functionName, codeDirectory } = this.#configuration;
    const reason = error instanceof Error ? error.message : String(error);
    return serviceFault(
      `No execution environment could be started for ${functionName} in ${codeDirectory} (${reason}). ` +
        'Check that the directory exists; deploying again writes it anew.',
    );
  }

  #takeIdle(): ExecutionEnvironment | undefined {
    const [environment] = this.#idle.keys();
    if (environment !== undefined) this.#stopWaiting(environment);
    return environment;
  }

  #keep(environment: ExecutionEnvironment): void {
    if (environment.state !== 'frozen') return;
    if (this.#ending || environment.configuration !== this.#configuration) {
      this.#retire(environment);
      return;
    }
    const timer = setTimeout(() => this.#retire(environment), this.#options.idleTimeoutMs);
    this.#idle.set(environment, timer.unref());
  }

  #retire(environment: ExecutionEnvironment): void {
    this.#stopWaiting(environment);
    void environment.end();
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#stopWaiting(environment);
    this.#all.delete(environment);
  }

  #stopWaiting(environment: ExecutionEnvironment): void {
    clearTimeout(this.#idle.get(environment));
    this.#idle.delete(environment);
  }

  get #timeoutMs(): number {
    return this.#configuration.timeoutSeconds * 1000;
  }
}

function isReady({ stop, answer }: Run): boolean {
  return stop.kind === 'idle' && answer === undefined;
}
