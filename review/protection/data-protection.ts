import { ofType } from '../stage/stage.ts';
import type { Resource, Stage } from '../stage/stage.ts';
import { protectionRules, typesWithoutData } from './protection-rules.ts';
import type { Protection } from './protection-rules.ts';

/** A resource that stores or transports data, and its protection. */
export interface ProtectedResource {
  readonly resource: string;
  readonly type: string;
  readonly atRest: Protection;
  readonly inTransit: Protection;
}

export function dataProtection(stage: Stage): readonly ProtectedResource[] {
  return protectionRules.flatMap((rule) =>
    ofType(stage, rule.type).map((resource) => ({
      resource: resource.name,
      type: rule.type,
      atRest: rule.atRest(resource, stage),
      inTransit: rule.inTransit(resource, stage),
    })),
  );
}

/** Lists resources of types without a rule about data. */
export function unknownToProtection(stage: Stage): readonly Resource[] {
  const known = new Set([...protectionRules.map(({ type }) => type), ...typesWithoutData]);
  return stage.resources.filter(({ type }) => !known.has(type));
}
