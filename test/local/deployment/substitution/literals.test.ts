import { describe, expect, test } from '@jest/globals';

import { placeholderLiteral } from '../../../../local/deployment/substitution/literals.ts';

const subnet = { logicalId: 'Subnet1', type: 'AWS::EC2::Subnet', region: 'eu-west-1' };

describe('placeholderLiteral', () => {
  test.each([
    [undefined, 'placeholder-Subnet1'],
    ['VpcId', 'placeholder-Subnet1-VpcId'],
    ['Arn', 'arn:aws:ec2:eu-west-1:000000000000:placeholder/Subnet1'],
  ])('says what it stands for, as an ARN where one is expected: %s', (attribute, expected) => {
    expect(placeholderLiteral(subnet, attribute)).toBe(expected);
  });
});
