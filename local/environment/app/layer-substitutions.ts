import type { DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import type { Substitution } from '../../deployment/substitution/plan-substitutions.ts';

/** What stays away from functions that run as processes. */
export const layerSubstitutions = (functions: readonly DeployedFunction[]): Substitution[] =>
  functions
    .filter(({ hasLayers }) => hasLayers)
    .map(({ stackName, logicalId }) => ({
      stackName,
      logicalId,
      type: 'the layers of AWS::Lambda::Function',
      action: 'left out',
      reason: "a function that runs as a process gets none; the endpoint's own Lambda may: --invoke endpoint",
    }));
