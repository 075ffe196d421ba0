import { confinedTo } from '../../../lib/config/examples.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';
import { todosOr, type Judgement } from '../verdict.ts';

export interface CallerFacts {
  /** The identity of the credentials. */
  readonly account: string;
  readonly arn: string;
}

/** Checks that the credentials belong to the stage's account. */
export function judgeAccount(config: StageConfig, { account, arn }: CallerFacts): readonly Judgement[] {
  const wanted = confinedTo(config);
  return todosOr(
    wanted === undefined || wanted === account
      ? []
      : [
          `the credentials are of account ${account}, and the stage ${config.stage} is of ${wanted}: choose another ` +
            'profile (AWS_PROFILE), or name the account in the stage (-c account=…)',
        ],
    `${account}, as ${arn}`,
  );
}

/** Checks that other commands, which use the region of the environment or the profile, use the stage's region. */
export function judgeRegion({ region }: StageConfig, found: string | undefined): readonly Judgement[] {
  return todosOr(
    found === region
      ? []
      : [
          `the stage is in ${region}, but ${found === undefined ? 'no region is set' : `the region set is ${found}`}: ` +
            `set AWS_REGION=${region}, which the smoke test and the aws command use`,
        ],
    region,
  );
}
