import type { DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import type { Substitution } from '../../deployment/substitution/plan-substitutions.ts';

/** Lists the differences from AWS in the layers of functions that run as processes. */
export const layerSubstitutions = (functions: readonly DeployedFunction[]): Substitution[] =>
  functions.flatMap(({ stackName, logicalId, layers, unknownLayers }) => {
    const about = { stackName, logicalId, type: 'the layers of AWS::Lambda::Function' };
    return [
      ...(layers === undefined
        ? []
        : [
            {
              ...about,
              action: 'stand-in' as const,
              reason:
                'a process has no /opt: packages of layers are found, but paths that begin with /opt are not',
            },
          ]),
      ...(unknownLayers === undefined
        ? []
        : [
            {
              ...about,
              action: 'left out' as const,
              reason: `the content of ${unknownLayers.join(', ')} is not in the cloud assembly`,
            },
          ]),
    ];
  });
