import type { SubstitutionRule } from './substitution-table.ts';

/** A resource as a person names it. */
interface NamedResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
}

/** Whether a name that a person gave means a resource: its logical id, `<stack>/<logical id>`, its type, or the type's beginning and `*`. */
function means(name: string, { stackName, logicalId, type }: NamedResource): boolean {
  if (name.endsWith('*')) return type.startsWith(name.slice(0, -1));
  return [logicalId, `${stackName}/${logicalId}`, type].includes(name);
}

/** What is done with a resource that a person wants to be left out; undefined for every other one. */
export function leftOutBy(
  leaveOut: readonly string[],
  resource: NamedResource,
): Pick<SubstitutionRule, 'action' | 'reason'> | undefined {
  const name = leaveOut.find((one) => means(one, resource));
  return name === undefined ? undefined : { action: 'left out', reason: `--leave-out ${name} says so` };
}

/** @throws Error for a name that means no resource: a typing error would leave nothing out without a word. */
export function requireMeaning(leaveOut: readonly string[], leftOut: readonly NamedResource[]): void {
  const idle = leaveOut.filter((name) => !leftOut.some((resource) => means(name, resource)));
  if (idle.length === 0) return;
  throw new Error(
    `--leave-out ${idle.join(' ')} names no resource of the app: give a logical id, <stack>/<logical id>, a type, or the ` +
      'beginning of types and a *.',
  );
}
