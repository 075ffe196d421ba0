import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InvocationContext } from './invocation-context.ts';
import { buffered, isStreaming } from './response-stream.ts';
import {
  callbackNotSupported,
  handlerNotFound,
  importModuleError,
  malformedHandlerName,
  userCodeSyntaxError,
} from './runtime-errors.ts';

type Callback = (error: unknown, result?: unknown) => void;

/** A function's entry point; the callback exists up to Node.js 22. */
export type Handler = (event: unknown, context: InvocationContext, callback?: Callback) => unknown;

/** `module` has no extension; `exportPath` may name an export inside an export. */
interface HandlerName {
  readonly module: string;
  readonly exportPath: readonly string[];
}

/** The first runtime whose handlers get no callback. */
const FIRST_WITHOUT_CALLBACK = 24;

/**
 * Finds the handler as AWS's runtime does: CommonJS and ES modules, by the extension or the package.json beside them.
 * Rejects with a `RuntimeFault`, or with what the module itself threw.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client (4.0.2)
 */
export async function loadHandler(taskRoot: string, handler: string, runtime: string): Promise<Handler> {
  const name = parseHandlerName(handler);
  const found = findExport(await loadModule(taskRoot, name.module), name.exportPath);
  if (found === undefined || found === null) throw handlerNotFound(handler, 'undefined or not exported');
  if (!isHandler(found)) throw handlerNotFound(handler, 'not a function');
  if (isStreaming(found)) return buffered(found);
  if (found.length < 3) return found;
  if (majorOf(runtime) >= FIRST_WITHOUT_CALLBACK) throw callbackNotSupported();
  return withCallback(found);
}

function parseHandlerName(handler: string): HandlerName {
  if (handler.includes('..')) {
    throw malformedHandlerName(
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [moduleName, ...exportPath] = basename(handler).split('.');
  if (moduleName === undefined || exportPath.length === 0) throw malformedHandlerName('Bad handler');
  return { module: join(dirname(handler), moduleName), exportPath };
}

async function loadModule(taskRoot: string, module: string): Promise<unknown> {
  const path = resolve(taskRoot, module);
  try {
    const file = ['', '.js', '.mjs', '.cjs'].map((extension) => path + extension).find(existsSync);
    if (file !== undefined) return await import(pathToFileURL(file).href);
    const require = createRequire(join(taskRoot, 'index.js'));
    return require(require.resolve(basename(module), { paths: [taskRoot, dirname(path)] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw userCodeSyntaxError(error);
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      throw importModuleError(error);
    }
    throw error;
  }
}

function findExport(module: unknown, path: readonly string[]): unknown {
  return valueAt(module, path) ?? valueAt(valueAt(module, ['default']), path);
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

/** `nodejs22.x` or `AWS_Lambda_nodejs22.x` gives 22; anything else counts as the newest. */
function majorOf(runtime: string): number {
  const major = /nodejs(\d+)/.exec(runtime)?.[1];
  return major === undefined ? Infinity : Number(major);
}

function withCallback(handler: Handler): Handler {
  return async (event, context) => {
    const { promise, resolve: succeed, reject } = Promise.withResolvers<unknown>();
    const returned = handler(event, context, (error, result) => {
      if (error === undefined || error === null) succeed(result);
      else reject(error);
    });
    if (returned instanceof Promise) returned.then(succeed, reject);
    return promise;
  };
}
