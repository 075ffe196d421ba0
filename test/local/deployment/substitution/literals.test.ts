import { describe, expect, test } from '@jest/globals';

import { placeholderLiteral, type Literal } from '../../../../local/deployment/substitution/literals.ts';

const literal = (type: string, attribute?: string, name?: string): Literal =>
  placeholderLiteral({ stackName: 'app', logicalId: 'Thing', type, region: 'eu-west-1', name }, attribute);

const CLUSTER_ARN =
  /^arn:aws:kafka:eu-west-1:000000000000:cluster\/shop\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+$/;

describe('placeholderLiteral', () => {
  test.each([
    ['AWS::MSK::Cluster', undefined],
    ['AWS::MSK::Cluster', 'Arn'],
    ['AWS::MSK::ServerlessCluster', undefined],
    ['AWS::MSK::ServerlessCluster', 'Arn'],
  ])('is the ARN of a cluster for %s, attribute %s', (type, attribute) => {
    expect(literal(type, attribute, 'shop')).toMatch(CLUSTER_ARN);
  });

  test.each([
    ['AWS::EC2::Subnet', undefined, /^subnet-[0-9a-f]{17}$/],
    ['AWS::EC2::Subnet', 'VpcId', /^vpc-[0-9a-f]{17}$/],
    ['AWS::EC2::VPC', 'DefaultSecurityGroup', /^sg-[0-9a-f]{17}$/],
    ['AWS::EC2::Subnet', 'AvailabilityZone', /^eu-west-1a$/],
    ['AWS::EC2::VPC', 'CidrBlock', /^192\.0\.2\.0\/24$/],
    ['AWS::EC2::Something', 'SomethingArn', /^arn:aws:ec2:eu-west-1:000000000000:something\/Thing$/],
    ['AWS::IAM::Role', 'Arn', /^arn:aws:iam::000000000000:role\/Thing$/],
    ['AWS::CloudWatch::Alarm', 'Arn', /^arn:aws:cloudwatch:eu-west-1:000000000000:alarm:Thing$/],
    ['AWS::CloudWatch::Alarm', undefined, /^Thing$/],
    ['AWS::Lambda::EventSourceMapping', undefined, /^[0-9a-f]{8}-[0-9a-f]{4}-4/],
    ['AWS::EC2::VPC', 'Unheard', /^placeholder-Thing-Unheard$/],
  ])('has the shape of the real value: %s %s', (type, attribute, shape) => {
    expect(literal(type, attribute)).toMatch(shape);
  });

  test('is a list for an attribute that is one', () => {
    expect(literal('AWS::EC2::VPCEndpoint', 'DnsEntries')).toEqual([
      expect.stringMatching(/^Z\w+:vpce-[0-9a-f]{17}\.vpce\.amazonaws\.com$/),
    ]);
  });

  test('is the same at each start, and another for each resource', () => {
    const subject = { stackName: 'app', type: 'AWS::EC2::Subnet', region: 'eu-west-1' };

    const literals = ['A', 'B', 'A'].map((logicalId) => placeholderLiteral({ ...subject, logicalId }));

    expect([literals[0] === literals[2], literals[0] === literals[1]]).toEqual([true, false]);
  });
});
