import { expect, test } from '@jest/globals';
import { describeSubstitutions } from '../../../../local/deployment/substitution/describe-substitution.ts';
import type { Substitution } from '../../../../local/deployment/substitution/plan-substitutions.ts';

const placeholder = (type: string, logicalId: string): Substitution => ({
  stackName: 'shop',
  logicalId,
  type,
  action: 'placeholder',
  reason: 'no network is needed',
});
const topic: Substitution = {
  stackName: 'shop',
  logicalId: 'Topic',
  type: 'AWS::MSK::Topic',
  action: 'stand-in',
  reason: 'it is created on the broker',
};

test('resources with one reason share a line, in the order of the first of each', () => {
  const lines = describeSubstitutions([
    placeholder('AWS::EC2::VPC', 'Vpc'),
    topic,
    placeholder('AWS::EC2::Subnet', 'Subnet'),
  ]);

  expect(lines).toEqual([
    'placeholder: AWS::EC2::VPC shop/Vpc, AWS::EC2::Subnet shop/Subnet, because no network is needed',
    'stand-in: AWS::MSK::Topic shop/Topic, because it is created on the broker',
  ]);
});

test('more than three are counted by type', () => {
  const subnets = ['A', 'B', 'C'].map((id) => placeholder('AWS::EC2::Subnet', id));

  expect(describeSubstitutions([placeholder('AWS::EC2::VPC', 'Vpc'), ...subnets])).toEqual([
    'placeholder: AWS::EC2::VPC, 3 AWS::EC2::Subnet, because no network is needed',
  ]);
});

test('nothing was done: no line', () => {
  expect(describeSubstitutions([])).toEqual([]);
});
