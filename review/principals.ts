import { at, listAt, textAt } from '../lib/guards/json-access.ts';
import { reader, referred } from './stage/readable.ts';
import { resourcePolicyOf } from './stage/resource-policies.ts';
import { ofType } from './stage/stage.ts';
import type { Resource, Stage } from './stage/stage.ts';
import { listOf, readStatements } from './stage/statements.ts';
import type { Principal, Statement } from './stage/statements.ts';

/** A principal with all its permissions in the templates. */
export interface PrincipalPowers {
  /** A role's name, or the principal in the policy of a resource. */
  readonly principal: string;
  /** For a role: the principals that may assume it. */
  readonly assumedBy: readonly string[];
  /** For a role: the resources that run with it. */
  readonly usedBy: readonly string[];
  readonly grants: readonly Grant[];
}

export interface Grant {
  /** The policy that grants it. */
  readonly via: string;
  readonly statement: Statement;
}

/** Lists every principal of the stage: roles first, then those in policies of resources. */
export function principalsOf(stage: Stage): readonly PrincipalPowers[] {
  const roles = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'].flatMap((type) =>
    ofType(stage, type),
  );
  return [...roles.map((role) => powersOfRole(stage, role)), ...powersOnResources(stage)];
}

/** Formats a principal as text, with services and accounts unchanged. */
export function describePrincipal({ kind, id }: Principal): string {
  if (kind === 'AWS') return id === '*' ? 'everybody' : id;
  return kind === 'Service' ? id : `${kind} ${id}`;
}

function powersOfRole(stage: Stage, role: Resource): PrincipalPowers {
  const read = reader(stage);
  const trust = readStatements(at(role.properties, 'AssumeRolePolicyDocument'), (value) => read(value, role));
  return {
    principal: role.name,
    assumedBy: trust.flatMap(({ principals }) => principals.map(describePrincipal)),
    usedBy: stage.resources
      .filter((user) => referred(stage, at(user.properties, 'Role'), user) === role)
      .map(({ name }) => name),
    grants: [...inlineGrants(stage, role), ...managedByAws(stage, role), ...attachedGrants(stage, role)],
  };
}

function inlineGrants(stage: Stage, role: Resource): readonly Grant[] {
  const read = reader(stage);
  return listAt(role.properties, 'Policies').flatMap((policy) =>
    readStatements(at(policy, 'PolicyDocument'), (value) => read(value, role)).map((statement) => ({
      via: `inline policy ${textAt(policy, 'PolicyName') ?? ''}`,
      statement,
    })),
  );
}

/** Describes a policy that AWS manages. The templates do not contain its text, and AWS may change it at any time. */
function managedByAws(stage: Stage, role: Resource): readonly Grant[] {
  const read = reader(stage);
  return listAt(role.properties, 'ManagedPolicyArns')
    .filter((policy) => referred(stage, policy, role) === undefined)
    .map((policy) => ({
      via: read(policy, role),
      statement: {
        sid: '',
        effect: 'Allow',
        principals: [],
        actions: ['the actions of this AWS policy'],
        resources: ['not in the template'],
        conditions: [],
      },
    }));
}

function attachedGrants(stage: Stage, role: Resource): readonly Grant[] {
  const read = reader(stage);
  const policies = [...ofType(stage, 'AWS::IAM::ManagedPolicy'), ...ofType(stage, 'AWS::IAM::Policy')];
  return policies
    .filter((policy) => isAttached(stage, policy, role))
    .flatMap((policy) =>
      readStatements(at(policy.properties, 'PolicyDocument'), (value) => read(value, policy)).map(
        (statement) => ({ via: policy.name, statement }),
      ),
    );
}

function isAttached(stage: Stage, policy: Resource, role: Resource): boolean {
  const named = ['Roles', 'Users', 'Groups'].flatMap((list) => listAt(policy.properties, list));
  return (
    named.some((one) => referred(stage, one, policy) === role) ||
    listAt(role.properties, 'ManagedPolicyArns').some((one) => referred(stage, one, role) === policy)
  );
}

function powersOnResources(stage: Stage): readonly PrincipalPowers[] {
  const grants = new Map<string, Grant[]>();
  for (const resource of stage.resources) {
    for (const { principals, statement } of namedIn(stage, resource)) {
      for (const principal of principals) {
        const granted = grants.get(principal) ?? [];
        grants.set(principal, [...granted, { via: resource.name, statement }]);
      }
    }
  }
  return [...grants].map(([principal, granted]) => ({
    principal,
    assumedBy: [],
    usedBy: [],
    grants: granted,
  }));
}

function namedIn(
  stage: Stage,
  resource: Resource,
): readonly { principals: readonly string[]; statement: Statement }[] {
  const policy = resourcePolicyOf(stage, resource).map((statement) => ({
    principals: statement.principals.map(describePrincipal),
    statement,
  }));
  return resource.type === 'AWS::Lambda::Permission'
    ? [...policy, permissionToInvoke(stage, resource)]
    : policy;
}

function permissionToInvoke(
  stage: Stage,
  resource: Resource,
): { principals: readonly string[]; statement: Statement } {
  const read = reader(stage);
  const text = (key: string): readonly string[] =>
    listOf(at(resource.properties, key)).map((value) => read(value, resource));
  return {
    principals: text('Principal'),
    statement: {
      sid: '',
      effect: 'Allow',
      principals: [],
      actions: text('Action'),
      resources: text('FunctionName'),
      conditions: (['SourceArn', 'SourceAccount'] as const).flatMap((key) =>
        text(key).length === 0 ? [] : [{ operator: 'is', key, values: text(key) }],
      ),
    },
  };
}
