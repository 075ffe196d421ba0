import { ok, todosOr, type Judgement } from '../verdict.ts';

/** The status of each stack of a stage that is there, by its name. */
export type StackFacts = Readonly<Record<string, string>>;

/** A stack whose creation failed, or that waits for a change set, has none of the resources of its template. */
const WITHOUT_RESOURCES = new Set([
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'DELETE_FAILED',
]);

/** Returns whether a stack exists with its resources. */
export function isDeployed(there: StackFacts, name: string): boolean {
  const status = there[name];
  return status !== undefined && !WITHOUT_RESOURCES.has(status);
}

/** Checks that CloudFormation would accept an update or a creation of these stacks now. */
export function judgeStacks(there: StackFacts): readonly Judgement[] {
  const names = Object.keys(there);
  if (names.length === 0) return [ok('no stack exists yet: this deployment creates them')];
  return todosOr(
    Object.entries(there).flatMap(([name, status]) => {
      const advice = adviceFor(name, status);
      return advice === undefined ? [] : [`${name} is ${status}: ${advice}`];
    }),
    `${names.join(', ')} can be updated`,
  );
}

function adviceFor(name: string, status: string): string | undefined {
  if (status === 'REVIEW_IN_PROGRESS') return undefined;
  if (status.endsWith('_IN_PROGRESS')) return 'wait until that has ended';
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED' || status === 'DELETE_FAILED')
    return (
      'it cannot be updated. Read the reason in its events, and delete it: ' +
      `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}; ` +
      `aws cloudformation delete-stack --stack-name ${name}`
    );
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return `read the reason in its events, fix it, and: aws cloudformation continue-update-rollback --stack-name ${name}`;
  return undefined;
}
