import { expect, test } from '@jest/globals';
import { requireMeaning } from '../../../../local/deployment/substitution/leave-out.ts';

const registry = { stackName: 'shop', logicalId: 'Registry', type: 'AWS::Glue::Registry' };

test('names that mean a resource are taken', () => {
  expect(() => {
    requireMeaning(['Registry', 'shop/Registry', 'AWS::Glue::Registry', 'AWS::Glue::*'], [registry]);
  }).not.toThrow();
});

test('a name that matches no resource is rejected, with the allowed names', () => {
  expect(() => {
    requireMeaning(['Registry', 'Registries'], [registry]);
  }).toThrow(
    '--leave-out Registries matches no resource of the app: give a logical id, <stack>/<logical id>, a type',
  );
});
