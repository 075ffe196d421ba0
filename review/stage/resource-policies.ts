import { at } from '../../lib/guards/json-access.ts';
import { reader } from './readable.ts';
import type { Resource, Stage } from './stage.ts';
import { readStatements } from './statements.ts';
import type { Statement } from './statements.ts';

/** Where each type keeps the policy that says who may use a resource. */
const policyProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['ResourcePolicy', 'PolicyDocument'],
  'AWS::EC2::VPCEndpoint': ['PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::MSK::ClusterPolicy': ['Policy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
};

/** The statements of the policy that a resource is, or carries. */
export function resourcePolicyOf(stage: Stage, resource: Resource): readonly Statement[] {
  const path = policyProperties[resource.type];
  if (path === undefined) return [];
  const read = reader(stage);
  return readStatements(at(resource.properties, ...path), (value) => read(value, resource));
}
