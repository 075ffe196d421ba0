import type { SubstitutionRule } from './substitution-table.ts';

/** A resource and the names that a user may give for it. */
interface NamedResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
}

/**
 * Returns whether a user's name means a resource: its logical id, `<stack>/<logical id>`, its type, or the type's
 * beginning and `*`.
 */
function means(name: string, { stackName, logicalId, type }: NamedResource): boolean {
  if (name.endsWith('*')) return type.startsWith(name.slice(0, -1));
  return [logicalId, `${stackName}/${logicalId}`, type].includes(name);
}

/** Returns the action for a resource that the user leaves out; undefined for all others. */
export function leftOutBy(
  leaveOut: readonly string[],
  resource: NamedResource,
): Pick<SubstitutionRule, 'action' | 'reason'> | undefined {
  const name = leaveOut.find((one) => means(one, resource));
  return name === undefined ? undefined : { action: 'left out', reason: `of --leave-out ${name}` };
}

/** @throws Error for a name that matches no resource, because a typing error would otherwise be ignored silently. */
export function requireMeaning(leaveOut: readonly string[], leftOut: readonly NamedResource[]): void {
  const idle = leaveOut.filter((name) => !leftOut.some((resource) => means(name, resource)));
  if (idle.length === 0) return;
  throw new Error(
    `--leave-out ${idle.join(' ')} matches no resource of the app: give a logical id, <stack>/<logical id>, a type, or the ` +
      'beginning of types and a *.',
  );
}
