import type { DeployedFunction, FunctionAtEndpoint } from '../../deployment/discovery/deployed-app.ts';
import { LOCAL_ACCOUNT } from '../../deployment/assembly/local-account.ts';
import type { Result } from '../../helpers/result.ts';
import { parseFunctionReference } from '../../lambda/function-name.ts';

/** Where a function runs: in processes on this machine, or in the endpoint's own Lambda. */
export type Invoker = 'processes' | 'endpoint';

/** The function behind a mapping. */
export interface InvokedFunction {
  readonly functionName: string;
  readonly functionArn: string;
  /** Absent when only the endpoint has the value. */
  readonly timeoutSeconds?: number;
  readonly invoker: Invoker;
  /** The reason why the endpoint runs it although processes were requested, as words after "because". */
  readonly reason?: string;
}

/** The functions among which a mapping's function is looked up. */
export interface FunctionSearch {
  readonly functions: readonly DeployedFunction[];
  readonly functionsAtEndpoint: readonly FunctionAtEndpoint[];
  /** Where functions run that could run in both places. */
  readonly invoke: Invoker;
  readonly region: string;
}

/**
 * Finds the function that a mapping invokes, and where it runs. An alias or a version means the function itself,
 * because only the deployed code can run.
 *
 * @param reference - FunctionName of the mapping.
 * @returns the function, or the reason why it cannot run, as words after "because".
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
    return { ok: false, error: `function ${name} is neither part of this app nor deployed at the endpoint` };
  const { functionArn = functionArnOf(name, region), timeoutSeconds } = there ?? {};
  const timeout = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  return { ok: true, value: { functionName: name, functionArn, invoker: 'endpoint', ...timeout } };
}

/** Builds a function's ARN at an endpoint. */
export const functionArnOf = (functionName: string, region: string): string =>
  `arn:aws:lambda:${region}:${LOCAL_ACCOUNT}:function:${functionName}`;
