import type { ProvisionedClusterConfig } from '../../../lib/config/stage-config.ts';
import { ok, todosOr, type Judgement } from '../verdict.ts';

export interface ClusterFacts {
  readonly name: string;
  readonly arn: string;
  /** Such as `ACTIVE`. */
  readonly state: string;
  readonly brokers: number;
  readonly instanceType: string;
  /** Storage of each broker; undefined for Express brokers, which have none of their own. */
  readonly storageGibibytes: number | undefined;
}

/**
 * Checks that MSK would accept the stage's cluster as an update of the existing one. Storage grows automatically, and
 * MSK refuses to shrink it.
 */
export function judgeOwnCluster(
  config: ProvisionedClusterConfig,
  stage: string,
  there: ClusterFacts | undefined,
): readonly Judgement[] {
  if (there === undefined) return [ok('does not exist yet: this deployment creates it')];
  const { state, brokers, instanceType, storageGibibytes } = there;
  const size = storageGibibytes ?? 0;
  const wanted = config.brokers.type === 'standard' ? config.brokers.storageGibibytes : size;
  return todosOr(
    [
      ...(state === 'ACTIVE' ? [] : [`it is ${state}: wait until it is ACTIVE`]),
      ...(size <= wanted
        ? []
        : [
            `its brokers have ${size} GiB each, and the stage asks for ${wanted}: MSK makes no storage smaller. ` +
              `Set storageGibibytes to ${size} in lib/config/${stage}.ts`,
          ]),
    ],
    described(brokers, instanceType, storageGibibytes),
  );
}

export function described(brokers: number, instanceType: string, gibibytes: number | undefined): string {
  const storage = gibibytes === undefined ? '' : ` with ${gibibytes} GiB each`;
  return `${brokers} brokers of ${instanceType}${storage}`;
}
