import { dev } from './dev.ts';
import { parseEmailSender } from './email-sender.ts';
import { parseExistingCluster } from './existing-cluster.ts';
import { prod } from './prod.ts';
import type { StageConfig } from './stage-config.ts';

const stages: Readonly<Record<string, StageConfig>> = { dev, prod };

/**
 * The configuration of the stage that the context names, with what the context puts in its place:
 *
 * - `stage`: `dev` or `prod`
 * - `existingCluster`: an object (or its JSON text) `{ clusterArn, vpcId, subnetIds, securityGroupId }`
 * - `emailFrom` and `emailIdentity`: the sender of the notifications
 *
 * @throws Error naming the value, what is allowed and what to do.
 */
export function readStageConfig(context: (key: string) => unknown): StageConfig {
  const config = stageNamed(context('stage'));
  return {
    ...config,
    email: parseEmailSender({ from: context('emailFrom'), identity: context('emailIdentity') }, config.email),
    cluster: parseExistingCluster(context('existingCluster'), config) ?? config.cluster,
  };
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
