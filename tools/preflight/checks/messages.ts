import { exampleFields } from '../../../lib/config/examples.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';
import { ok, toDo, todosOr, type Judgement } from '../verdict.ts';

export interface IdentityFacts {
  /** Undefined when SES has no such identity. */
  readonly verified: boolean | undefined;
}

export interface EmailAccountFacts {
  readonly sendingEnabled: boolean;
  /** False in the sandbox. */
  readonly production: boolean;
}

/** Checks that SES accepts e-mails from the stage's sender. */
export function judgeIdentity(
  { email: { identity }, stage, region }: StageConfig,
  { verified }: IdentityFacts,
): readonly Judgement[] {
  const yours = `set your own sender in lib/config/${stage}.ts (-c emailFrom=… -c emailIdentity=…)`;
  if (verified === true) return [ok(`${identity} is verified`)];
  return [
    toDo(
      verified === undefined
        ? `SES has no identity ${identity} in ${region}: create it there (aws sesv2 create-email-identity ` +
            `--email-identity ${identity}) and verify it, or ${yours}`
        : `${identity} is not verified yet: follow the e-mail or the DNS records that SES gave for it, or ${yours}`,
    ),
  ];
}

/** Checks the SES sandbox. dev may run in it; prod would reach nobody. */
export function judgeEmailAccount(
  { stage, region }: StageConfig,
  { sendingEnabled, production }: EmailAccountFacts,
): readonly Judgement[] {
  return [
    ...(sendingEnabled
      ? []
      : [toDo(`SES has stopped sending for this account in ${region}: ask AWS Support`)]),
    production
      ? ok('SES is out of the sandbox')
      : inSandbox(
          stage,
          'SES is in the sandbox: only verified addresses and the mailbox simulator get e-mails',
          'request production access (aws sesv2 put-account-details)',
        ),
  ];
}

export function judgeSms({ stage }: StageConfig, facts: { readonly sandbox: boolean }): readonly Judgement[] {
  return [
    facts.sandbox
      ? inSandbox(
          stage,
          'SNS is in the SMS sandbox: only verified numbers get messages',
          'leave it in the console of Amazon SNS, Text messaging',
        )
      : ok('SNS is out of the SMS sandbox'),
  ];
}

function inSandbox(stage: StageConfig['stage'], what: string, wayOut: string): Judgement {
  return stage === 'prod' ? toDo(`${what}; ${wayOut}`) : ok(`${what}; to leave it: ${wayOut}`);
}

/** Lists the subscribers of alarms. Only AWS knows whether they have confirmed, and only after the deployment. */
export function judgeSubscribers(config: StageConfig): readonly Judgement[] {
  const { subscribers } = config.alarms;
  const open = exampleFields(config).filter((field) => field.startsWith('alarms.'));
  if (config.stage === 'dev' && subscribers.length === 0)
    return [ok('nobody gets the alarms; to change that: -c alarmSubscribers=a@…,b@…')];
  return todosOr(open, `${subscribers.join(', ')}; each must confirm once after the deployment`);
}
