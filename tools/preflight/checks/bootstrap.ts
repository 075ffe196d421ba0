import { todosOr, type Judgement } from '../verdict.ts';

/** The version that the CDK's templates require in their rule `CheckBootstrapVersion`. */
const LEAST_VERSION = 6;

export interface BootstrapFacts {
  /** Of the parameter that `cdk bootstrap` leaves; undefined when there is none. */
  readonly version: number | undefined;
  readonly parameter: string;
}

export function judgeBootstrap({ version, parameter }: BootstrapFacts, region: string): readonly Judgement[] {
  const bootstrap = `npx cdk bootstrap aws://<account>/${region}`;
  if (version === undefined)
    return todosOr([`the account has no ${parameter} in ${region}: ${bootstrap}`], '');
  return todosOr(
    version >= LEAST_VERSION
      ? []
      : [`${parameter} is ${version}, and the templates need ${LEAST_VERSION}: ${bootstrap}`],
    `version ${version}`,
  );
}
