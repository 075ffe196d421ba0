import { relative } from 'node:path';

import { assetIn, type Asset } from './assets.ts';
import type { Template } from './template.ts';

/** A template of an assembly, and those of the stacks that it nests. */
export interface TemplateFile {
  /** Relative to the assembly's folder. */
  readonly templateFile: string;
  readonly template: Template;
  /** By the logical id of the AWS::CloudFormation::Stack. One whose template is not of the app is not among them. */
  readonly nested: ReadonlyMap<string, TemplateFile>;
}

const STACK = 'AWS::CloudFormation::Stack';

interface NestingOptions {
  readonly directory: string;
  readonly assets: readonly Asset[];
  /** Reads the template in a file, whose path is relative to the assembly's folder. */
  readonly read: (file: string) => Promise<Template>;
}

/** Reads the stacks that a template nests, however deep. */
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

/** A template and all that it nests, innermost first. */
export const withNested = <T extends { readonly nested: ReadonlyMap<string, T> }>(one: T): readonly T[] => [
  ...[...one.nested.values()].flatMap((inner) => withNested(inner)),
  one,
];
