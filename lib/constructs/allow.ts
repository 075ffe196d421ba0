import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Allows some actions on one resource, under an id that says what they are for. */
export function allow(sid: string, actions: readonly string[], resource: string): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [resource] });
}
