import { at, isRecord, listAt, textAt } from '../../lib/guards/json-access.ts';

export interface SynthesizedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly path: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
  readonly dependsOn: readonly unknown[];
  readonly metadata: unknown;
}

/** The resources of a parsed template. */
export function resourcesOf(template: unknown): readonly SynthesizedResource[] {
  return Object.entries(recordAt(template, 'Resources')).map(([logicalId, resource]) => ({
    logicalId,
    type: textAt(resource, 'Type') ?? '',
    path: textAt(resource, 'Metadata', 'aws:cdk:path') ?? '',
    properties: recordAt(resource, 'Properties'),
    deletionPolicy: textAt(resource, 'DeletionPolicy'),
    dependsOn: listAt(resource, 'DependsOn'),
    metadata: at(resource, 'Metadata'),
  }));
}

/** The object under a key, or an empty one. */
export function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found = at(value, key);
  return isRecord(found) ? found : {};
}
