import { confinedTo } from '../../../lib/config/examples.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';
import { todosOr, type Judgement } from '../verdict.ts';

export interface CallerFacts {
  /** Whose credentials these are. */
  readonly account: string;
  readonly arn: string;
}

/** Whether the credentials are of the account that the stage is confined to. */
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

/** Whether other commands, which take the region of the environment or the profile, look where the stage is. */
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
