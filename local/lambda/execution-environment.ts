import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { environmentVariables } from './environment-variables.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import type { ProcessExit } from './function-errors.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { LineSplitter } from './line-splitter.ts';
import { MAX_RESPONSE_BYTES } from './limits.ts';
import type { Answer, Stop } from './outcome.ts';
import { startRuntimeApi } from './runtime-api.ts';
import type { AnswerVerdict, Invocation, RuntimeApi, RuntimeListener } from './runtime-api.ts';

/**
 * `frozen` stands for both of Lambda's words for an idle environment: it is there, and a moment later it gets no
 * processor time.
 */
export type EnvironmentState = 'initializing' | 'invoking' | 'frozen' | 'ended';

/** What every execution environment of a host has in common. */
export interface EnvironmentSettings {
  /** Absolute path of the program that speaks the Runtime API. */
  readonly bootstrap: string;
  /** Where Node.js keeps compiled code between cold starts. */
  readonly compileCacheDirectory: string;
  readonly machineVariables: Readonly<Record<string, string>>;
  /** Absolute path of the node_modules that the runtime brings along; absent: it brings nothing. */
  readonly runtimeModules?: string | undefined;
}

/** What an initialization or an invocation ended with, and what the runtime answered before that, if anything. */
export interface Run {
  readonly stop: Stop;
  readonly answer?: Answer;
}

/**
 * How long an environment is idle before its process is stopped, in milliseconds. Under load the next invocation comes
 * sooner, and stopping and continuing the process would cost as much as a small one.
 */
const FREEZE_AFTER_MS = 50;

interface EnvironmentOptions {
  readonly configuration: FunctionConfiguration;
  readonly settings: EnvironmentSettings;
  readonly logStreamName: string;
}

/**
 * One execution environment: a process that runs one invocation at a time and is stopped (SIGSTOP) soon after, as
 * Lambda freezes what is idle. The process stays in the process group of this one, so that whoever ends the group
 * ends it too.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  readonly configuration: FunctionConfiguration;
  /** Gets each line of output; the environment's owner sets it for the time of an invocation. */
  onLine: (line: string) => void = () => undefined;

  readonly #ended = Promise.withResolvers<void>();
  readonly #output: LineSplitter[] = [];
  #state: EnvironmentState = 'initializing';
  #process: ChildProcess | undefined;
  #deliver: ((invocation: Invocation) => void) | undefined;
  #requestId: string | undefined;
  #answer: Answer | undefined;
  #stopped: (stop: Stop) => void = () => undefined;
  #exit: ProcessExit | undefined;
  #isStopped = false;
  readonly #freezing = setTimeout(() => this.#freeze(), FREEZE_AFTER_MS).unref();
  #invocations = 0;
  #maxMemoryUsedMb: number | undefined;

  private constructor(configuration: FunctionConfiguration) {
    this.configuration = configuration;
  }

  /**
   * Starts the process; the function's own initialization has only begun when this resolves. Rejects when there is no
   * such code directory.
   */
  static async start(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
    const environment = new ExecutionEnvironment(options.configuration);
    const api = await startRuntimeApi(environment.#listener());
    await environment.#spawn(api, options);
    return environment;
  }

  get state(): EnvironmentState {
    return this.#state;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** How many invocations were dispatched to it. */
  get invocations(): number {
    return this.#invocations;
  }

  get maxMemoryUsedMb(): number | undefined {
    return this.#maxMemoryUsedMb;
  }

  /** Resolves when the process is gone. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Waits until the function is initialized; ends the environment when that takes longer. */
  async initialize(limitMs: number): Promise<Run> {
    return this.#run(limitMs, () => undefined);
  }

  /** Runs one invocation; ends the environment when it takes longer. The environment must be frozen. */
  async invoke(invocation: Invocation, limitMs: number): Promise<Run> {
    return this.#run(limitMs, () => {
      this.#state = 'invoking';
      this.#invocations += 1;
      this.#requestId = invocation.requestId;
      this.#thaw();
      this.#deliver?.(invocation);
      this.#deliver = undefined;
    });
  }

  /** Ends the process, which a stopped one survives in no other way. Resolves when it is gone. */
  async end(): Promise<void> {
    this.#kill();
    await this.ended;
  }

  async #run(limitMs: number, begin: () => void): Promise<Run> {
    const { promise, resolve } = Promise.withResolvers<Stop>();
    this.#answer = undefined;
    this.#stopped = resolve;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#kill();
    }, limitMs);
    begin();
    if (this.#exit !== undefined) resolve({ kind: 'exit', exit: this.#exit });
    const stop = await promise;
    clearTimeout(timer);
    return this.#answered(late && stop.kind === 'exit' ? { kind: 'timeout' } : stop);
  }

  #answered(stop: Stop): Run {
    return this.#answer === undefined ? { stop } : { stop, answer: this.#answer };
  }

  #listener(): RuntimeListener {
    return {
      next: (deliver) => this.#becomeIdle(deliver),
      response: (requestId, body) =>
        this.#accept(
          requestId,
          body.length > MAX_RESPONSE_BYTES ? { kind: 'tooLarge' } : { kind: 'response', body },
        ),
      error: (requestId, body) => this.#accept(requestId, { kind: 'error', body }),
      initError: (body) => {
        this.#answer = { kind: 'error', body };
      },
      memoryUsed: (megabytes) => {
        this.#maxMemoryUsedMb = megabytes;
      },
    };
  }

  #becomeIdle(deliver: (invocation: Invocation) => void): void {
    if (this.#state === 'ended') return;
    this.#deliver = deliver;
    this.#state = 'frozen';
    this.#freezing.refresh();
    this.#stop({ kind: 'idle' });
  }

  /** Stops the process, unless the next invocation came in the meantime. */
  #freeze(): void {
    if (this.#state !== 'frozen') return;
    this.#isStopped = true;
    this.#process?.kill('SIGSTOP');
  }

  #thaw(): void {
    if (this.#isStopped) this.#process?.kill('SIGCONT');
    this.#isStopped = false;
  }

  #accept(requestId: string, answer: Answer): AnswerVerdict {
    if (requestId !== this.#requestId) return 'unknownRequest';
    this.#requestId = undefined;
    this.#answer = answer;
    return answer.kind === 'tooLarge' ? 'tooLarge' : 'accepted';
  }

  /**
   * What the function wrote before it stopped is in the pipe by now, and is read in the turn of the event loop that
   * also brought the news; so the next turn has every line.
   */
  #stop(stop: Stop): void {
    setImmediate(() => {
      for (const lines of this.#output) lines.flush();
      this.#stopped(stop);
    });
  }

  async #spawn(api: RuntimeApi, { settings, logStreamName }: EnvironmentOptions): Promise<void> {
    const { codeDirectory, memorySizeMb } = this.configuration;
    const child = spawn(process.execPath, [...heapLimits(memorySizeMb), settings.bootstrap], {
      cwd: codeDirectory,
      env: {
        ...environmentVariables(this.configuration, {
          runtimeApi: api.address,
          logStreamName,
          bootstrap: settings.bootstrap,
          machine: settings.machineVariables,
          runtimeModules: settings.runtimeModules,
        }),
        NODE_COMPILE_CACHE: settings.compileCacheDirectory,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#readLines(child);
    child.once('exit', (status, signal) => {
      api.close();
      this.#finish(signal === null ? { status: status ?? 0 } : { signal });
    });
    await spawned(child).catch((error: unknown) => {
      api.close();
      throw error;
    });
  }

  #readLines({ stdout, stderr }: ChildProcess): void {
    for (const stream of [stdout, stderr]) {
      const lines = createLineSplitter((line) => this.onLine(line));
      this.#output.push(lines);
      stream?.on('data', lines.push);
    }
  }

  #finish(exit: ProcessExit): void {
    this.#state = 'ended';
    this.#exit = exit;
    this.#stop({ kind: 'exit', exit });
    this.#ended.resolve();
  }

  /** From here on nothing that the runtime still asks for is listened to. */
  #kill(): void {
    this.#state = 'ended';
    this.#process?.kill('SIGKILL');
  }
}

/**
 * Divides the memory as the managed runtimes do, nine parts of ten for old objects: with a limit for those alone,
 * Node.js 24 adds up to 192 MB for young ones.
 */
function heapLimits(memorySizeMb: number): readonly string[] {
  const semiSpaceMb = Math.max(1, Math.floor(memorySizeMb / 20));
  return [`--max-old-space-size=${memorySizeMb - 2 * semiSpaceMb}`, `--max-semi-space-size=${semiSpaceMb}`];
}

async function spawned(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('spawn', resolve);
  child.once('error', reject);
  return promise;
}
