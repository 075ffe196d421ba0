import { at } from '../../lib/guards/json-access.ts';
import { reader } from './readable.ts';
import type { Resource, Stage } from './stage.ts';
import { readStatements } from './statements.ts';
import type { Statement } from './statements.ts';

/** The path of the resource policy for each type. */
const policyProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['ResourcePolicy', 'PolicyDocument'],
  'AWS::EC2::VPCEndpoint': ['PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::MSK::ClusterPolicy': ['Policy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
};

/** Lists the statements of a resource's policy, or of the resource if it is a policy itself. */
export function resourcePolicyOf(stage: Stage, resource: Resource): readonly Statement[] {
  const path = policyProperties[resource.type];
  if (path === undefined) return [];
  const read = reader(stage);
  return readStatements(at(resource.properties, ...path), (value) => read(value, resource));
}
