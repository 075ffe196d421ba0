import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Call } from './calls.ts';
import { account } from './resolve-templates.ts';
import type { PolicyDocument, RoleWorld } from './worlds.ts';

/**
 * The stand-in for GetBootstrapBrokers. The simulator has no resource for it, because the Service Authorization
 * Reference lists none, but MSK checks the cluster. The stand-in is an action on a cluster for both, which nothing
 * here uses.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/security_iam_id-based-policy-examples-access-one-cluster.html
 */
const standIns: Readonly<Record<string, string>> = { 'kafka:GetBootstrapBrokers': 'kafka:ListScramSecrets' };

/**
 * Returns whether IAM would allow a call of a role, with one policy in place of its own.
 *
 * Keys answer by their own policy, too; every other resource by the role's alone.
 *
 * @param worlds - all roles, for the policies of their keys
 * @throws Error when the call or a policy is not well-formed, as an unknown action.
 */
export async function isAllowed(
  { action, resource, context = {} }: Call,
  policy: PolicyDocument,
  role: RoleWorld,
  worlds: readonly RoleWorld[],
): Promise<boolean> {
  const answer = await runSimulation(
    {
      request: {
        principal: role.roleArn,
        action: simulated(action),
        resource: { resource, accountId: account },
        contextVariables: { ...context },
      },
      identityPolicies: [{ name: 'policy', policy: simulatedPolicy(policy) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: worlds.find(({ keyArn }) => keyArn === resource)?.keyPolicy,
    },
    {},
  );
  if (answer.resultType === 'error')
    throw new Error(`IAM cannot judge ${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
  return answer.overallResult === 'Allowed';
}

const simulated = (action: string): string => standIns[action] ?? action;

function simulatedPolicy({ Version, Statement }: PolicyDocument): PolicyDocument {
  return {
    Version,
    Statement: Statement.map(({ Action, ...rest }) => ({ Action: Action.map(simulated), ...rest })),
  };
}
