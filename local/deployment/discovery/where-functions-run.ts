import type { FunctionConfiguration } from '@aws-sdk/client-lambda';

import type { EndpointKind } from '../substitution/endpoint-kind.ts';

const RUNS_AS_PROCESS = /^nodejs(20|22|24)\.x$/;
/** The emulator and tools that run functions which no process here can run. */
export interface FunctionHost {
  readonly kind: EndpointKind;
  readonly hasDocker: boolean;
}

/** The runtimes that MiniStack runs without Docker. */
const RUNS_AT_MINISTACK = /^(nodejs|python|provided)/;

/**
 * Says why no process on this machine runs a function of this runtime, as words after "because"; undefined when one
 * does.
 */
export const runsHere = (runtime: string | undefined): string | undefined =>
  runtime !== undefined && RUNS_AS_PROCESS.test(runtime)
    ? undefined
    : `its runtime is ${runtime ?? 'in its image'}, and processes here run nodejs20.x, nodejs22.x and nodejs24.x only`;

/** Says why the endpoint cannot run a function, as words after "because"; undefined when no reason is known. */
export function obstacleAt(
  { kind, hasDocker }: FunctionHost,
  { PackageType: packageType, Runtime: runtime, State: state, StateReason: why }: FunctionConfiguration,
): string | undefined {
  if (state === 'Failed') return `the endpoint could not create it: ${why ?? 'it gives no reason'}`;
  if (kind !== 'ministack' || hasDocker) return undefined;
  if (packageType === 'Image')
    return 'MiniStack needs Docker to run container images, and Docker is not installed';
  return runtime !== undefined && RUNS_AT_MINISTACK.test(runtime)
    ? undefined
    : `MiniStack needs Docker to run ${runtime}, and Docker is not installed`;
}
