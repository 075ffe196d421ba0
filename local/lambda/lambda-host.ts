import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { moduleBeside } from '../helpers/module-beside.ts';
import { Concurrency, type Release } from './concurrency.ts';
import { EventInvocations, waitInBackground } from './event-invocations.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import { FunctionRuntime } from './function-runtime.ts';
import type { EnvironmentStatus, FunctionRuntimeOptions, InvocationRequest } from './function-runtime.ts';
import { createInvocationLog } from './invocation-log.ts';
import type { InvocationLog } from './invocation-log.ts';
import { createInvokeApi } from './invoke-api.ts';
import type { InvokeRequest, InvokeResponse } from './invoke-api.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import type { Outcome } from './outcome.ts';
import { functionNotFound, unsupportedRuntime } from './service-errors.ts';
import { createTraceId } from './trace-id.ts';

/** How many execution environments of functions without reserved concurrency a machine carries. */
const DEFAULT_ACCOUNT_CONCURRENCY = 100;

const DEFAULT_IDLE_TIMEOUT_MS = 5 * 60_000;

export interface LambdaHostOptions {
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** Finds a deployed function by its name; asked for every invocation, so that a new deployment is seen. */
  readonly functions: (name: string) => Promise<FunctionConfiguration | undefined>;
  /** Holds an invocation back before it begins; absent: nothing does. */
  readonly beforeInvoke?: (functionName: string) => Promise<void>;
  /** Gets what functions write, line by line, and Lambda's own lines (START, END, REPORT) around it. */
  readonly onLog: (functionName: string, line: string) => void;
  /** Told of each request to a function that ran or was throttled. */
  readonly onEnded?: (functionName: string, ended: EndedInvocation) => void;
  /** Variables that every function gets besides its own, such as endpoints and credentials. They win over all others. */
  readonly machineVariables?: Readonly<Record<string, string>>;
  /** Absolute path of a node_modules folder with what Lambda's runtimes bring along: the AWS SDK. Default: nothing. */
  readonly runtimeModules?: string;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** The most invocations at a time over all functions without reserved concurrency. Default 100. */
  readonly accountConcurrency?: number;
  /** How long an execution environment without work is kept. Default 5 minutes. */
  readonly idleTimeoutMs?: number;
  /** Keeps compiled code between starts of execution environments. Default: a folder among the temporary files. */
  readonly compileCacheDirectory?: string;
  /** The program in each execution environment. Default: the project's own; any other that speaks the Runtime API. */
  readonly bootstrap?: string;
}

/** How a request to a function ended, as Lambda's metrics count it. */
export type EndedInvocation =
  | { readonly kind: 'ran'; readonly durationMs: number; readonly failed: boolean }
  | { readonly kind: 'throttled' };

/** One function that was invoked at least once, and its execution environments. */
interface FunctionStatus {
  readonly functionName: string;
  readonly environments: readonly EnvironmentStatus[];
}

/** Stands for the Lambda service: its Invoke API on loopback, in front of execution environments. */
export interface LambdaHost {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Ends every execution environment, frozen ones too, and resolves when all processes and the port are gone. */
  close(): Promise<void>;
  status(): readonly FunctionStatus[];
}

/** Rejects when the port is taken. */
export async function startLambdaHost(options: LambdaHostOptions): Promise<LambdaHost> {
  const service = new LambdaService(options);
  const server = createServer(
    createInvokeApi({ invoke: async (request) => service.invoke(request), newId: randomUUID }),
  );
  // A poller may be quiet for longer than the default of 5 s, and must not find its connection closed when it is not.
  server.keepAliveTimeout = 0;
  const port = await listenOnLoopback(server, options.port ?? 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      server.closeAllConnections();
      await service.end();
      await closed;
    },
    status: () => service.status(),
  };
}

/** An invocation that ran, and what it wrote. */
interface FinishedInvocation {
  readonly outcome: Outcome;
  readonly log: InvocationLog;
}

class LambdaService {
  readonly #options: LambdaHostOptions;
  readonly #runtimeOptions: FunctionRuntimeOptions;
  readonly #runtimes = new Map<string, FunctionRuntime>();
  readonly #concurrency: Concurrency;
  readonly #events = new EventInvocations(waitInBackground);

  constructor(options: LambdaHostOptions) {
    this.#options = options;
    this.#runtimeOptions = runtimeOptionsOf(options);
    this.#concurrency = new Concurrency(options.accountConcurrency ?? DEFAULT_ACCOUNT_CONCURRENCY);
  }

  async invoke(request: InvokeRequest): Promise<InvokeResponse | undefined> {
    const configuration = await this.#find(request);
    if (request.invocationType === 'RequestResponse') {
      return responseOf(await this.#run(request, configuration), request.wantsLogTail);
    }
    if (request.invocationType === 'Event') void this.#events.submit(async () => this.#runEvent(request));
    return undefined;
  }

  status(): readonly FunctionStatus[] {
    return [...this.#runtimes].map(([functionName, runtime]) => ({
      functionName,
      environments: runtime.status(),
    }));
  }

  async end(): Promise<void> {
    this.#events.close();
    await Promise.all([...this.#runtimes.values()].map(async (runtime) => runtime.end()));
  }

  /** Only what is deployed now can be invoked: there are no published versions and no aliases. */
  async #find({ functionName, qualifier }: InvokeRequest): Promise<FunctionConfiguration> {
    const configuration = await this.#options.functions(functionName);
    if (configuration === undefined) throw functionNotFound(functionName);
    if (qualifier !== undefined && qualifier !== '$LATEST') {
      throw functionNotFound(`${configuration.functionArn}:${qualifier}`);
    }
    if (!/^nodejs\d+\.x$/.test(configuration.runtime)) {
      throw unsupportedRuntime(functionName, configuration.runtime);
    }
    return configuration;
  }

  async #runEvent(request: InvokeRequest): Promise<Outcome> {
    const { outcome } = await this.#run(request, await this.#find(request));
    return outcome;
  }

  async #run(request: InvokeRequest, configuration: FunctionConfiguration): Promise<FinishedInvocation> {
    const { functionName, reservedConcurrency } = configuration;
    await this.#options.beforeInvoke?.(functionName);
    const release = this.#acquire(functionName, reservedConcurrency);
    const log = createInvocationLog((line) => this.#options.onLog(functionName, line));
    const { monotonicNow } = this.#runtimeOptions.dependencies;
    const begunAt = monotonicNow();
    try {
      const runtime = this.#runtimeOf(configuration);
      const outcome = await runtime.invoke(this.#invocationOf(request, configuration), log);
      const durationMs = monotonicNow() - begunAt;
      this.#options.onEnded?.(functionName, {
        kind: 'ran',
        durationMs,
        failed: outcome.failure !== undefined,
      });
      return { outcome, log };
    } finally {
      release();
    }
  }

  #acquire(functionName: string, reserved: number | undefined): Release {
    try {
      return this.#concurrency.acquire(functionName, reserved);
    } catch (error) {
      this.#options.onEnded?.(functionName, { kind: 'throttled' });
      throw error;
    }
  }

  #runtimeOf(configuration: FunctionConfiguration): FunctionRuntime {
    const runtime = this.#runtimes.get(configuration.functionName);
    if (runtime === undefined) {
      const first = new FunctionRuntime(configuration, this.#runtimeOptions);
      this.#runtimes.set(configuration.functionName, first);
      return first;
    }
    if (!isSame(runtime.configuration, configuration)) runtime.reconfigure(configuration);
    return runtime;
  }

  #invocationOf(request: InvokeRequest, { functionArn }: FunctionConfiguration): InvocationRequest {
    const { requestId, qualifier, payload, clientContext, traceHeader } = request;
    const { now, newId } = this.#runtimeOptions.dependencies;
    const invocation = {
      requestId,
      payload,
      functionArn: qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`,
      traceId: traceHeader ?? createTraceId(now(), newId),
    };
    return clientContext === undefined ? invocation : { ...invocation, clientContext };
  }
}

function runtimeOptionsOf(options: LambdaHostOptions): FunctionRuntimeOptions {
  return {
    settings: {
      bootstrap: options.bootstrap ?? fileURLToPath(moduleBeside('bootstrap/main', import.meta.url)),
      compileCacheDirectory: options.compileCacheDirectory ?? join(tmpdir(), 'msk-local-compile-cache'),
      machineVariables: options.machineVariables ?? {},
      runtimeModules: options.runtimeModules,
    },
    idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
    dependencies: {
      now: options.clock ?? Date.now,
      monotonicNow: () => performance.now(),
      newId: randomUUID,
    },
  };
}

/** Most callers hand out the same object until they deploy again, and then nothing has to be compared. */
function isSame(one: FunctionConfiguration, other: FunctionConfiguration): boolean {
  return one === other || isDeepStrictEqual(one, other);
}

function responseOf({ outcome, log }: FinishedInvocation, wantsLogTail: boolean): InvokeResponse {
  const response = { payload: outcome.payload, isFunctionError: outcome.failure !== undefined };
  return wantsLogTail ? { ...response, logTail: log.tail() } : response;
}
