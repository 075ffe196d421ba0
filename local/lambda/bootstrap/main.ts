/**
 * The program inside an execution environment: loads the function, then asks the Runtime API for one invocation after
 * another. It behaves as AWS's own runtime client does (aws-lambda-ric 4.0.2), without its native parts.
 */
import { flushCompileCache } from 'node:module';
import { delimiter } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { patchConsole, readLogSettings } from './console.ts';
import { errorBodyOf } from './error-body.ts';
import { createInvocationContext } from './invocation-context.ts';
import type { InvocationContext } from './invocation-context.ts';
import { loadHandler } from './load-handler.ts';
import type { Handler } from './load-handler.ts';
import { CONFINED_FOLDERS } from '../confined-folders.ts';
import { confineModuleLookup } from './module-lookup.ts';
import { outputWritten } from './output.ts';
import { awslambda, StreamedResponse } from './response-stream.ts';
import { createRuntimeClient } from './runtime-client.ts';
import type { ReceivedInvocation, RuntimeClient } from './runtime-client.ts';
import { notSerializable } from './runtime-errors.ts';
import { sdkHint } from './sdk-hint.ts';

let currentRequestId = '-';

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The variable ${name} is missing; the Lambda host sets it.`);
  return value;
}

async function main(): Promise<void> {
  // The cache is the host's means to a quick start and no part of what Lambda sets.
  delete process.env['NODE_COMPILE_CACHE'];
  confineToFolders();
  Object.assign(globalThis, { awslambda });
  patchConsole(console, {
    ...readLogSettings(process.env),
    requestId: () => currentRequestId,
    now: () => new Date(),
    write: (line) => process.stdout.write(line),
  });
  const client = createRuntimeClient(variable('AWS_LAMBDA_RUNTIME_API'));
  const handler = await initialize(client);
  flushCompileCache();
  for (let next: ReceivedInvocation | undefined; ;) {
    next = await processInvocation(client, handler, next ?? (await client.next()));
  }
}

/** The host names the folders; code that runs where it was written has none. */
function confineToFolders(): void {
  const folders = process.env[CONFINED_FOLDERS]?.split(delimiter);
  delete process.env[CONFINED_FOLDERS];
  if (folders !== undefined) confineModuleLookup(folders);
}

async function initialize(client: RuntimeClient): Promise<Handler> {
  try {
    return await loadHandler(
      variable('LAMBDA_TASK_ROOT'),
      variable('_HANDLER'),
      variable('AWS_EXECUTION_ENV'),
    );
  } catch (error) {
    logError('Init Error', error);
    const hint = sdkHint(error);
    if (hint !== undefined) console.warn(hint);
    await outputWritten([process.stdout, process.stderr]);
    await client.failInitialization(errorBodyOf(error));
    return process.exit(1);
  }
}

/** @returns the next invocation, if it came with the answer to the response. */
async function processInvocation(
  client: RuntimeClient,
  handler: Handler,
  { headers, event }: ReceivedInvocation,
): Promise<ReceivedInvocation | undefined> {
  const context = createInvocationContext(headers, process.env, Date.now);
  currentRequestId = context.awsRequestId;
  process.env['_X_AMZN_TRACE_ID'] = context.xRayTraceId;
  try {
    const response = await run(handler, JSON.parse(event), context);
    await nextTurn();
    await outputWritten([process.stdout, process.stderr]);
    return await client.respond(currentRequestId, response);
  } catch (error) {
    await nextTurn();
    logError('Invoke Error', error);
    await outputWritten([process.stdout, process.stderr]);
    await client.fail(currentRequestId, errorBodyOf(error));
    return undefined;
  }
}

/** Gives the response as JSON. */
async function run(handler: Handler, event: unknown, context: InvocationContext): Promise<string> {
  return serialize(await handler(event, context));
}

function serialize(response: unknown): string {
  if (response instanceof StreamedResponse) return response.body;
  const json = stringify(response === undefined ? null : response);
  // A function or a symbol has no JSON form; AWS's client reports just this.
  if (json === undefined) throw new TypeError('Wrong arguments');
  return json;
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    throw notSerializable();
  }
}

function logError(title: string, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const named = { errorType: error.name, errorMessage: error.message };
  const details = Object.assign(named, error, { stack: error.stack?.split('\n') });
  console.error(title, `\t${JSON.stringify(details)}`);
}

// Not awaited at the top level: there, Node.js would end a handler that waits for nothing with a status of its own (13)
// where AWS's runtime ends with 0.
void main();
