import { relative } from 'node:path';

import { assetIn, type Asset } from './assets.ts';
import type { Template } from './template.ts';

/** A template of an assembly, with the templates of its nested stacks. */
export interface TemplateFile {
  /** Relative to the assembly's folder. */
  readonly templateFile: string;
  readonly template: Template;
  /**
   * Nested stacks by the logical id of their AWS::CloudFormation::Stack. A stack whose template is not part of the
   * app is missing.
   */
  readonly nested: ReadonlyMap<string, TemplateFile>;
}

const STACK = 'AWS::CloudFormation::Stack';

interface NestingOptions {
  readonly directory: string;
  readonly assets: readonly Asset[];
  /** Reads the template in a file, whose path is relative to the assembly's folder. */
  readonly read: (file: string) => Promise<Template>;
}

/** Reads the nested stacks of a template, at any depth. */
export async function nestedStacks(
  template: Template,
  options: NestingOptions,
): Promise<ReadonlyMap<string, TemplateFile>> {
  const nested = new Map<string, TemplateFile>();
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    const url = Type === STACK ? Properties['TemplateURL'] : undefined;
    const asset = url === undefined ? undefined : assetIn(url, options.assets);
    if (asset === undefined || !asset.path.endsWith('.json')) continue;
    const templateFile = relative(options.directory, asset.path);
    const inner = await options.read(templateFile);
    nested.set(logicalId, { templateFile, template: inner, nested: await nestedStacks(inner, options) });
  }
  return nested;
}

/** Lists a template and all its nested templates, innermost first. */
export const withNested = <T extends { readonly nested: ReadonlyMap<string, T> }>(one: T): readonly T[] => [
  ...[...one.nested.values()].flatMap((inner) => withNested(inner)),
  one,
];
