import type { ExistingClusterConfig } from './stage-config.ts';

const shapes = {
  clusterArn: /^arn:(?<partition>aws[a-z-]*):kafka:(?<region>[a-z0-9-]+):\d{12}:cluster\/[^/]+\/[^/]+$/,
  /** @see https://docs.aws.amazon.com/msk/latest/developerguide/create-iam-role.html */
  serverless: /-s\d+$/,
  vpcId: /^vpc-[0-9a-f]{8,17}$/,
  subnetId: /^subnet-[0-9a-f]{8,17}$/,
  securityGroupId: /^sg-[0-9a-f]{8,17}$/,
  prefix: /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/,
  topic: /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,248}$/,
};

const known = [
  'clusterArn',
  'vpcId',
  'subnetIds',
  'securityGroupId',
  'brokerType',
  'prefix',
  'topic',
  'replicationFactor',
];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the MSK cluster from the context; undefined when there is none.
 *
 * @param value an object with the fields of {@link ExistingClusterConfig}, or its JSON text; `brokerType`, `prefix`,
 *   `topic` and `replicationFactor` may be left out.
 * @throws Error that names the invalid field.
 */
export function parseExistingCluster(
  value: unknown,
  stage: { region: string },
): ExistingClusterConfig | undefined {
  if (value === undefined) return undefined;
  const fields = fieldsOf(value);
  return {
    kind: 'existing',
    clusterArn: clusterArnOf(fields, stage.region),
    vpcId: textOf(fields, 'vpcId', 'vpc-…'),
    subnetIds: subnetIdsOf(fields),
    securityGroupId: textOf(fields, 'securityGroupId', 'sg-…'),
    brokerType: brokerTypeOf(fields),
    prefix:
      fields['prefix'] === undefined
        ? ''
        : textOf(
            fields,
            'prefix',
            '1 to 50 letters, digits or any of . _ -, beginning with a letter or digit',
          ),
    ...topicOf(fields),
  };
}

/** Reads the cluster's ARN, and rejects a Serverless cluster, which the end of its id reveals. */
function clusterArnOf({ clusterArn }: Fields, stageRegion: string): string {
  if (!matches(shapes.clusterArn, clusterArn))
    throw refused('clusterArn', clusterArn, 'the ARN of an MSK cluster');
  if (shapes.serverless.test(clusterArn))
    throw refused(
      'clusterArn',
      clusterArn,
      'a provisioned cluster: MSK Serverless has no API for topics, which this app creates its topic by',
    );
  const region = shapes.clusterArn.exec(clusterArn)?.groups?.['region'];
  if (region !== stageRegion)
    throw refused('clusterArn', clusterArn, `a cluster in the stage's ${stageRegion}`);
  return clusterArn;
}

/** MSK spreads brokers over two or three zones. */
function subnetIdsOf({ subnetIds }: Fields): readonly string[] {
  const subnets = Array.isArray(subnetIds) ? subnetIds.filter((id) => matches(shapes.subnetId, id)) : [];
  const count = new Set(subnets).size;
  if (!Array.isArray(subnetIds) || count < 2 || count > 3 || count !== subnetIds.length) {
    throw refused('subnetIds', subnetIds, 'a list of two or three different subnet-…, those of the brokers');
  }
  return subnets;
}

function brokerTypeOf({ brokerType = 'standard' }: Fields): ExistingClusterConfig['brokerType'] {
  if (brokerType === 'standard' || brokerType === 'express') return brokerType;
  throw refused('brokerType', brokerType, '"standard" or "express"');
}

function topicOf(fields: Fields): Pick<ExistingClusterConfig, 'topic' | 'replicationFactor'> {
  const { topic, replicationFactor, prefix } = fields;
  if (
    replicationFactor !== undefined &&
    (typeof replicationFactor !== 'number' || replicationFactor % 1 !== 0)
  )
    throw refused('replicationFactor', replicationFactor, 'a whole number, or left out');
  if (topic === undefined) return { topic, replicationFactor };
  if (replicationFactor !== undefined)
    throw refused('replicationFactor', replicationFactor, 'left out, since the topic is there already');
  if (prefix === undefined)
    throw refused(
      'prefix',
      prefix,
      'given beside topic: another stage on that topic would share groups and offsets',
    );
  return {
    topic: textOf(
      fields,
      'topic',
      'the name of an existing topic, of 1 to 249 letters, digits or any of . _ -',
    ),
    replicationFactor,
  };
}

function textOf(
  fields: Fields,
  field: 'vpcId' | 'securityGroupId' | 'prefix' | 'topic',
  allowed: string,
): string {
  const value = fields[field];
  if (!matches(shapes[field], value)) throw refused(field, value, allowed);
  return value;
}

function fieldsOf(value: unknown): Fields {
  const parsed: unknown = typeof value === 'string' ? parseJson(value) : value;
  if (typeof parsed !== 'object' || parsed === null) {
    throw new Error(
      `existingCluster is ${JSON.stringify(value)}; ` +
        `it must be {"clusterArn":…,"vpcId":…,"subnetIds":[…],"securityGroupId":…} in cdk.json or as JSON text.`,
    );
  }
  const unknown = Object.keys(parsed).filter((field) => !known.includes(field));
  if (unknown.length > 0)
    throw new Error(`existingCluster has no field ${unknown.join(', ')}; it has ${known.join(', ')}.`);
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
