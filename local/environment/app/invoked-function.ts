import type { DeployedFunction, FunctionAtEndpoint } from '../../deployment/discovery/deployed-app.ts';
import { LOCAL_ACCOUNT } from '../../deployment/assembly/local-account.ts';
import type { Result } from '../../helpers/result.ts';
import { parseFunctionReference } from '../../lambda/function-name.ts';

/** Who runs a function: processes on this machine, or the endpoint's own Lambda. */
export type Invoker = 'processes' | 'endpoint';

/** The function behind a mapping. */
export interface InvokedFunction {
  readonly functionName: string;
  readonly functionArn: string;
  /** Absent when only the endpoint knows it. */
  readonly timeoutSeconds?: number;
  readonly invoker: Invoker;
  /** Why the endpoint runs it where processes were wanted, in words that follow "because". */
  readonly reason?: string;
}

/** What a mapping's function is looked up in. */
export interface FunctionSearch {
  readonly functions: readonly DeployedFunction[];
  readonly functionsAtEndpoint: readonly FunctionAtEndpoint[];
  /** Who runs the functions that either could run. */
  readonly invoke: Invoker;
  readonly region: string;
}

/**
 * Finds the function that a mapping invokes, and who runs it. An alias or a version is the function itself: only what is
 * deployed runs.
 *
 * @param reference - FunctionName of the mapping.
 * @returns why nobody can run it, in words that follow "because", or the function.
 */
export function findInvokedFunction(
  reference: string,
  { functions, functionsAtEndpoint, invoke, region }: FunctionSearch,
): Result<InvokedFunction, string> {
  const name = parseFunctionReference(reference)?.name ?? reference;
  const here = functions.find(({ functionName }) => functionName === name);
  if (here !== undefined) return { ok: true, value: { ...here, invoker: invoke } };
  const there = functionsAtEndpoint.find(({ functionName }) => functionName === name);
  if (there?.obstacle !== undefined) return { ok: false, error: `${there.reason}, and ${there.obstacle}` };
  if (there !== undefined && invoke === 'processes')
    return { ok: true, value: { ...there, invoker: 'endpoint' } };
  if (invoke === 'processes')
    return { ok: false, error: `function ${name} is neither of this app nor at the endpoint` };
  const { functionArn = functionArnOf(name, region), timeoutSeconds } = there ?? {};
  const timeout = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  return { ok: true, value: { functionName: name, functionArn, invoker: 'endpoint', ...timeout } };
}

/** A function's ARN at an endpoint. */
export const functionArnOf = (functionName: string, region: string): string =>
  `arn:aws:lambda:${region}:${LOCAL_ACCOUNT}:function:${functionName}`;
