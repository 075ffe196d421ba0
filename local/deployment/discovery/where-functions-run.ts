import type { FunctionConfiguration } from '@aws-sdk/client-lambda';

import type { EndpointKind } from '../substitution/endpoint-kind.ts';

const RUNS_AS_PROCESS = /^nodejs(20|22|24)\.x$/;
/** Who runs the functions that no process here can run. */
export interface FunctionHost {
  readonly kind: EndpointKind;
  readonly hasDocker: boolean;
}

/** MiniStack runs these without Docker. */
const RUNS_AT_MINISTACK = /^(nodejs|python|provided)/;

/** Why no process of this machine runs a function of that runtime, in words that follow "because"; undefined when one does. */
export const runsHere = (runtime: string | undefined): string | undefined =>
  runtime !== undefined && RUNS_AS_PROCESS.test(runtime)
    ? undefined
    : `its runtime is ${runtime ?? 'in its image'}, and processes here are of nodejs20.x, nodejs22.x and nodejs24.x`;

/** Why the endpoint cannot run a function, in words that follow "because"; undefined when nothing is known against it. */
export function obstacleAt(
  { kind, hasDocker }: FunctionHost,
  { PackageType: packageType, Runtime: runtime, State: state, StateReason: why }: FunctionConfiguration,
): string | undefined {
  if (state === 'Failed') return `the endpoint could not make it: ${why ?? 'it does not say why'}`;
  if (kind !== 'ministack' || hasDocker) return undefined;
  if (packageType === 'Image') return 'MiniStack runs container images with Docker alone, which is not here';
  return runtime !== undefined && RUNS_AT_MINISTACK.test(runtime)
    ? undefined
    : `MiniStack runs ${runtime} with Docker alone, which is not here`;
}
