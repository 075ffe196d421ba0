import type { DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import { LOCAL_ACCOUNT } from '../../deployment/assembly/local-account.ts';
import { parseFunctionReference } from '../../lambda/function-name.ts';

const RUNS_HERE = /^nodejs(20|22|24)\.x$/;
const ANOTHER_WAY = "Let the endpoint's own Lambda run it: msk-local --invoke endpoint.";

/** The function behind a mapping. */
export interface InvokedFunction {
  readonly functionName: string;
  readonly functionArn: string;
  /** Absent when only the endpoint knows it. */
  readonly timeoutSeconds?: number;
}

/** What a mapping's function is looked up in. */
export interface FunctionSearch {
  readonly functions: readonly DeployedFunction[];
  readonly invoke: 'processes' | 'endpoint';
  readonly region: string;
}

/**
 * Finds the function that a mapping invokes. An alias or a version is the function itself: only what is deployed runs.
 *
 * @param reference - FunctionName of the mapping.
 * @throws {Error} when processes on this machine cannot run the function; the message names it and the other way.
 */
export function findInvokedFunction(
  reference: string,
  { functions, invoke, region }: FunctionSearch,
): InvokedFunction {
  const name = parseFunctionReference(reference)?.name ?? reference;
  const found = functions.find(({ functionName }) => functionName === name);
  if (invoke === 'endpoint') return found ?? { functionName: name, functionArn: functionArnOf(name, region) };
  if (found === undefined) {
    throw new Error(
      `Function ${name} has no code folder in the cloud assembly: its code is inline, an image, a file or not of ` +
        `this app. ${ANOTHER_WAY}`,
    );
  }
  if (!RUNS_HERE.test(found.runtime)) {
    throw new Error(
      `Function ${name} has the runtime ${found.runtime}; nodejs20.x, nodejs22.x and nodejs24.x run here. ${ANOTHER_WAY}`,
    );
  }
  return found;
}

/** A function's ARN at an endpoint. */
export const functionArnOf = (functionName: string, region: string): string =>
  `arn:aws:lambda:${region}:${LOCAL_ACCOUNT}:function:${functionName}`;
