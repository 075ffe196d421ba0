import type { EndpointKind } from './endpoint-kind.ts';
import { leftOutBy } from './leave-out.ts';
import { referencedIds } from './references.ts';
import {
  ruleFor,
  type StandIn,
  type SubstitutionAction,
  type SubstitutionRule,
} from './substitution-table.ts';
import type { Json, JsonObject, Template } from '../assembly/template.ts';

/** The action for one resource that is not deployed unchanged. */
export interface Substitution {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly action: SubstitutionAction;
  readonly standIn?: StandIn;
  readonly reason: string;
}

export interface StackTemplate {
  readonly stackName: string;
  readonly template: Template;
}

/** The rules for resources: the table, and the rules of this app. */
export interface Deciders {
  readonly table: readonly SubstitutionRule[];
  readonly endpoint: EndpointKind;
  /** The resources that the user leaves out. */
  readonly leaveOut?: readonly string[];
  /** By logical id. */
  readonly fates?: ReadonlyMap<string, Pick<SubstitutionRule, 'action' | 'reason'>>;
}

/** Plans the substitutions of one stack, resource by resource. */
export function planSubstitutions(
  { stackName, template }: StackTemplate,
  { table, endpoint, leaveOut = [], fates }: Deciders,
): Substitution[] {
  const planned = Object.entries(template.Resources).flatMap(([logicalId, resource]): Substitution[] => {
    const { Type: type, Properties: properties } = resource;
    const rule: Pick<SubstitutionRule, 'action' | 'reason' | 'standIn'> | undefined =
      leftOutBy(leaveOut, { stackName, logicalId, type }) ??
      ruleFor(table, endpoint, { type, properties }) ??
      fates?.get(logicalId);
    if (rule === undefined) return [];
    const { action, standIn, reason } = rule;
    return [{ stackName, logicalId, type, action, reason, ...(standIn && { standIn }) }];
  });
  return [...planned, ...withoutPurpose({ stackName, template }, planned)];
}

/** Leaves out the provider of a custom resource that is left out: its function, and that function's role. */
function withoutPurpose(
  { stackName, template }: StackTemplate,
  planned: readonly Substitution[],
): Substitution[] {
  const gone = new Set(planned.map(({ logicalId }) => logicalId));
  const added: Substitution[] = [];
  let candidates = planned.flatMap(({ logicalId }) => providerOf(template, logicalId));
  while (candidates.length > 0) {
    const idle = [...new Set(candidates)].filter((id) => !gone.has(id) && !isNeeded(template, id, gone));
    for (const logicalId of idle) {
      gone.add(logicalId);
      const type = template.Resources[logicalId]?.Type ?? '';
      added.push({
        stackName,
        logicalId,
        type,
        action: 'left out',
        reason: 'only resources that are left out use it',
      });
    }
    candidates = idle.flatMap((id) =>
      resourcesReferredTo(template, template.Resources[id]?.Properties ?? {}),
    );
  }
  return added;
}

function providerOf(template: Template, logicalId: string): string[] {
  const token = template.Resources[logicalId]?.Properties['ServiceToken'];
  return token === undefined ? [] : resourcesReferredTo(template, token);
}

const resourcesReferredTo = (template: Template, value: Json): string[] =>
  [...referencedIds(value)].filter((id) => template.Resources[id] !== undefined);

function isNeeded(template: Template, logicalId: string, gone: ReadonlySet<string>): boolean {
  const users: JsonObject[] = Object.entries(template.Resources)
    .filter(([id]) => id !== logicalId && !gone.has(id))
    .map(([, { Properties }]) => Properties);
  const outputs = Object.values(template.Outputs ?? {});
  return [...users, ...outputs].some((value) => referencedIds(value).has(logicalId));
}
