import { callsOfPollers, executionsOfStage } from '../../../lib/config/calls-at-once.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';
import type { Topology } from '../../../lib/topology/topology-types.ts';
import { todosOr, type Judgement } from '../verdict.ts';

/**
 * The executions that Lambda keeps for functions without a reservation:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const KEPT_UNRESERVED = 100;

const RAISE =
  'raise the quota "Concurrent executions" of Lambda (aws service-quotas request-service-quota-increase ' +
  '--service-code lambda --quota-code L-B99A9384 --desired-value 1000)';

export interface ExecutionFacts {
  /** The account's limit of concurrent executions. */
  readonly limit: number;
  /** Those that no function has reserved. */
  readonly unreserved: number;
}

/** Checks that the account has the executions that the pollers of a stage can use at once. */
export function judgeExecutions(
  config: StageConfig,
  topology: Topology,
  { limit, unreserved }: ExecutionFacts,
): readonly Judgement[] {
  const fine = `${limit} at once, ${unreserved} of them unreserved`;
  if (config.reservedConcurrency === 'asPollers') {
    const reserved = callsOfPollers(config) * topology.consumers.length;
    return todosOr(
      limit >= reserved + KEPT_UNRESERVED
        ? []
        : [
            `the stage reserves ${reserved} executions and Lambda keeps ${KEPT_UNRESERVED}, but the account has ${limit}: ` +
              `${RAISE}, or set reservedConcurrency to 'none'`,
          ],
      fine,
    );
  }
  const wanted = executionsOfStage(config, topology);
  return todosOr(
    unreserved >= wanted
      ? []
      : [
          `${unreserved} executions are unreserved, and the consumers can use ${wanted} at once; the rest would be ` +
            `throttled and retried: ${RAISE}`,
        ],
    fine,
  );
}
