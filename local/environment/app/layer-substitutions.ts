import type { DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import type { Substitution } from '../../deployment/substitution/plan-substitutions.ts';

/** What is different about the layers of functions that run as processes. */
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
                'a process has no /opt: its packages are found, and a path that begins with /opt is not',
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
