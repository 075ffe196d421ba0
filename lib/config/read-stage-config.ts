import { dev } from './dev.ts';
import { parseEmailSender } from './email-sender.ts';
import { exampleFields } from './examples.ts';
import { parseExistingCluster } from './existing-cluster.ts';
import { prod } from './prod.ts';
import type { StageConfig } from './stage-config.ts';
import { parseSubscribers } from './subscribers.ts';

const stages: Readonly<Record<string, StageConfig>> = { dev, prod };

/**
 * Reads the configuration of the stage that the context names, with the context's overrides:
 *
 * - `stage`: `dev` or `prod`
 * - `account`: 12 digits
 * - `existingCluster`: an object with the fields of {@link ExistingClusterConfig}, or its JSON text
 * - `emailFrom` and `emailIdentity`: the sender of the notifications
 * - `alarmSubscribers`: e-mail addresses, separated by commas
 * - `purpose`: `review` accepts examples in prod, for templates that are read and not deployed
 *
 * @throws Error that names the value, the allowed values and what to do.
 */
export function readStageConfig(context: (key: string) => unknown): StageConfig {
  const named = stageNamed(context('stage'));
  const config: StageConfig = {
    ...named,
    account: parseAccount(context('account')) ?? named.account,
    email: parseEmailSender({ from: context('emailFrom'), identity: context('emailIdentity') }, named.email),
    cluster: parseExistingCluster(context('existingCluster'), named) ?? named.cluster,
    alarms: {
      ...named.alarms,
      subscribers: parseSubscribers(context('alarmSubscribers')) ?? named.alarms.subscribers,
    },
  };
  if (!isForReview(context)) refuseExamples(config);
  return config;
}

/**
 * Reads the account. The toolkit passes text, but cdk.json may contain a number by mistake, which has lost its
 * leading zeros.
 */
function parseAccount(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(
    `account is ${JSON.stringify(value)}; it must be the 12 digits of an AWS account, in quotes.`,
  );
}

/**
 * Reads the purpose: whether the templates are only reviewed.
 *
 * @throws Error for another purpose.
 */
export function isForReview(context: (key: string) => unknown): boolean {
  const purpose = context('purpose');
  if (purpose === undefined || purpose === 'review') return purpose === 'review';
  throw new Error(
    `purpose is ${JSON.stringify(purpose)}; it must be "review" (-c purpose=review), or left out to deploy.`,
  );
}

/**
 * Rejects examples in prod. Dev may use them: it warns about the same fields, and the e-mails of its test orders
 * reach nobody.
 */
function refuseExamples(config: StageConfig): void {
  const fields = config.stage === 'prod' ? exampleFields(config) : [];
  if (fields.length === 0) return;
  throw new Error(
    `The stage ${config.stage} still has examples in lib/config/${config.stage}.ts:\n${fields.join('\n')}\n` +
      'To look at its templates without deploying them: -c purpose=review.',
  );
}

function stageNamed(name: unknown): StageConfig {
  const config = typeof name === 'string' && Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (config === undefined) {
    const known = Object.keys(stages).join(', ');
    throw new Error(
      `Unknown stage ${JSON.stringify(name)}. Known stages: ${known}. Choose one with -c stage=dev.`,
    );
  }
  return config;
}
