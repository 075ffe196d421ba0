import { expect, test } from '@jest/globals';
import { describeSubstitution } from '../../../../local/deployment/substitution/describe-substitution.ts';
import { layerSubstitutions } from '../../../../local/environment/app/layer-substitutions.ts';
import { deployedFunction } from './deployed-function.ts';

test('layers are said to be here without /opt, those of others to be left out, and nothing of a function without any', () => {
  const lines = layerSubstitutions([
    deployedFunction(),
    deployedFunction({ logicalId: 'Views', layers: ['/layer'] }),
    deployedFunction({ logicalId: 'Sums', unknownLayers: ['arn:aws:lambda:eu-west-1:1:layer:tracing:3'] }),
  ]).map(describeSubstitution);

  expect(lines).toEqual([
    'stand-in: the layers of AWS::Lambda::Function shop/Views, because a process has no /opt: ' +
      'packages of layers are found, but paths that begin with /opt are not',
    'left out: the layers of AWS::Lambda::Function shop/Sums, because ' +
      'the content of arn:aws:lambda:eu-west-1:1:layer:tracing:3 is not in the cloud assembly',
  ]);
});
