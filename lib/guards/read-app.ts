import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { at, isRecord, textAt } from './json-access.ts';
import { readTemplate } from './template.ts';
import type { Template, TemplateOrigin } from './template.ts';

/** A template file of an app, and its stack's name. */
export interface StackFile {
  readonly path: string;
  readonly stackName: string | undefined;
}

/** Reads the templates of an app and of its nested stacks, at any depth. */
export function readApp(files: readonly StackFile[]): readonly Template[] {
  const templates: Template[] = [];
  const app = (): readonly Template[] => templates;
  for (const file of files) templates.push(...readWithNested({ ...file, nesting: undefined, app }));
  return templates;
}

function readWithNested(origin: TemplateOrigin): readonly Template[] {
  const template = readTemplate(readJson(origin.path), origin);
  const inner: Template[] = [];
  for (const resource of template.resources.values()) {
    const path =
      resource.type === 'AWS::CloudFormation::Stack' ? nestedPath(resource, origin.path) : undefined;
    if (path === undefined) continue;
    const [nested, ...deeper] = readWithNested({
      path,
      stackName: undefined,
      nesting: { resource },
      app: origin.app,
    });
    if (nested === undefined) continue;
    resource.nested = nested;
    inner.push(nested, ...deeper);
  }
  return [template, ...inner];
}

/** The CDK notes the file beside the resource, unless its metadata is off; then an asset manifest has it by the address. */
function nestedPath(
  { metadata, properties }: { readonly metadata: unknown; readonly properties: unknown },
  path: string,
): string | undefined {
  const folder = dirname(path);
  const noted = at(metadata, 'aws:asset:path');
  const file = typeof noted === 'string' ? noted : assetNamedIn(at(properties, 'TemplateURL'), folder);
  return file === undefined ? undefined : join(folder, file);
}

function assetNamedIn(url: unknown, folder: string): string | undefined {
  const text = JSON.stringify(url ?? '');
  const manifests = readdirSync(folder).filter((name) => name.endsWith('.assets.json'));
  for (const name of manifests) {
    const files = at(readJson(join(folder, name)), 'files');
    for (const [id, asset] of Object.entries(isRecord(files) ? files : {}))
      if (text.includes(id)) return textAt(asset, 'source', 'path');
  }
  return undefined;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
