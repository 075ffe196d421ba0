import type { ExistingClusterConfig } from './stage-config.ts';

const shapes = {
  clusterArn: /^arn:(?<partition>aws[a-z-]*):kafka:(?<region>[a-z0-9-]+):\d{12}:cluster\/[^/]+\/[^/]+$/,
  vpcId: /^vpc-[0-9a-f]{8,17}$/,
  subnetId: /^subnet-[0-9a-f]{8,17}$/,
  securityGroupId: /^sg-[0-9a-f]{8,17}$/,
};

/**
 * The MSK cluster that the context names, or undefined when it names none.
 *
 * @param value an object with the fields of {@link ExistingClusterConfig}, or its JSON text.
 * @throws Error naming each field that does not fit.
 */
export function parseExistingCluster(
  value: unknown,
  stage: { region: string },
): ExistingClusterConfig | undefined {
  if (value === undefined) return undefined;
  const { clusterArn, vpcId, subnetIds, securityGroupId } = fieldsOf(value);
  const subnets = Array.isArray(subnetIds) ? subnetIds.filter((id) => matches(shapes.subnetId, id)) : [];
  if (!matches(shapes.clusterArn, clusterArn))
    throw refused('clusterArn', clusterArn, 'the ARN of an MSK cluster');
  if (!matches(shapes.vpcId, vpcId)) throw refused('vpcId', vpcId, 'vpc-…');
  if (!Array.isArray(subnetIds) || subnets.length < 2 || subnets.length !== subnetIds.length) {
    throw refused('subnetIds', subnetIds, 'a list of at least two subnet-…, those of the brokers');
  }
  if (!matches(shapes.securityGroupId, securityGroupId))
    throw refused('securityGroupId', securityGroupId, 'sg-…');
  const region = shapes.clusterArn.exec(clusterArn)?.groups?.['region'];
  if (region !== stage.region)
    throw refused('clusterArn', clusterArn, `a cluster in the stage's ${stage.region}`);
  return { kind: 'existing', clusterArn, vpcId, subnetIds: subnets, securityGroupId };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  const parsed: unknown = typeof value === 'string' ? parseJson(value) : value;
  if (typeof parsed !== 'object' || parsed === null) {
    throw new Error(
      `existingCluster is ${JSON.stringify(value)}; ` +
        `it must be {"clusterArn":…,"vpcId":…,"subnetIds":[…],"securityGroupId":…} in cdk.json or as JSON text.`,
    );
  }
  return { ...parsed };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function matches(shape: RegExp, value: unknown): value is string {
  return typeof value === 'string' && shape.test(value);
}

function refused(field: string, value: unknown, allowed: string): Error {
  return new Error(`existingCluster.${field} is ${JSON.stringify(value)}; it must be ${allowed}.`);
}
