import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach } from '@jest/globals';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { InvokeCommandInput } from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '../../../local/lambda/function-configuration.ts';
import { startLambdaHost } from '../../../local/lambda/lambda-host.ts';
import type { LambdaHost, LambdaHostOptions } from '../../../local/lambda/lambda-host.ts';

/** What a caller saw, with the payload as a value. */
interface Invoked {
  readonly statusCode: number | undefined;
  readonly functionError: string | undefined;
  readonly payload: unknown;
  readonly logTail: string | undefined;
}

/** A host on which one function, `orders`, is deployed. */
export interface Deployed {
  readonly host: LambdaHost;
  readonly lines: readonly string[];
  readonly directory: string;
  invoke(event?: unknown, input?: Partial<InvokeCommandInput>): Promise<Invoked>;
  /** Deploys the function again with other settings. */
  redeploy(overrides: Partial<FunctionConfiguration>): void;
}

interface Deployment {
  /** The text of index.js, or the files by name. */
  readonly code: string | Readonly<Record<string, string>>;
  readonly configuration?: Partial<FunctionConfiguration>;
  readonly host?: Partial<LambdaHostOptions>;
}

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A directory that is removed after the test. */
export function temporaryDirectory(files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-test-'));
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

export function aFunctionConfiguration(
  overrides: Partial<FunctionConfiguration> = {},
): FunctionConfiguration {
  return {
    functionName: 'orders',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:orders',
    codeDirectory: '/var/task',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memorySizeMb: 128,
    timeoutSeconds: 10,
    environment: {},
    ...overrides,
  };
}

/** Starts a host with one function; both are gone after the test. */
export async function deploy({ code, configuration, host: options }: Deployment): Promise<Deployed> {
  const directory = temporaryDirectory(typeof code === 'string' ? { 'index.js': code } : code);
  let current = aFunctionConfiguration({ codeDirectory: directory, ...configuration });
  const lines: string[] = [];
  const host = await startLambdaHost({
    functions: async (name) => (name === 'orders' ? current : undefined),
    onLog: (_functionName, line) => lines.push(line),
    ...options,
  });
  cleanups.push(async () => host.close());
  const client = aClient(host.endpoint);
  return {
    host,
    lines,
    directory,
    invoke: async (event = {}, input = {}) => invoke(client, event, input),
    redeploy: (overrides) => {
      current = { ...current, ...overrides };
    },
  };
}

/** Waits until the condition holds; the test's own time limit ends a wait that is in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5);
}

/** `T` is stopped; gives undefined when there is no such process. */
export function processState(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .slice(0, 1);
  } catch {
    return undefined;
  }
}

function aClient(endpoint: string): LambdaClient {
  const client = new LambdaClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  cleanups.push(() => client.destroy());
  return client;
}

async function invoke(
  client: LambdaClient,
  event: unknown,
  input: Partial<InvokeCommandInput>,
): Promise<Invoked> {
  const response = await client.send(
    new InvokeCommand({ FunctionName: 'orders', Payload: JSON.stringify(event), ...input }),
  );
  const text = response.Payload?.transformToString() ?? '';
  return {
    statusCode: response.StatusCode,
    functionError: response.FunctionError,
    payload: text === '' ? undefined : JSON.parse(text),
    logTail:
      response.LogResult === undefined ? undefined : Buffer.from(response.LogResult, 'base64').toString(),
  };
}
