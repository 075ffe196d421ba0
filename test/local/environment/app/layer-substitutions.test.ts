import { expect, test } from '@jest/globals';
import { describeSubstitution } from '../../../../local/deployment/substitution/describe-substitution.ts';
import { layerSubstitutions } from '../../../../local/environment/app/layer-substitutions.ts';
import { deployedFunction } from './deployed-function.ts';

test('the layers of a function are said to be left out, and nothing of a function without any', () => {
  const lines = layerSubstitutions([
    deployedFunction(),
    deployedFunction({ logicalId: 'Views', hasLayers: true }),
  ]).map(describeSubstitution);

  expect(lines).toEqual([
    'left out: the layers of AWS::Lambda::Function shop/Views, because a function that runs as a process gets none; ' +
      "the endpoint's own Lambda may: --invoke endpoint",
  ]);
});
