import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAssembly, type Assembly } from '../../../../local/deployment/assembly/assembly.ts';
import { withNested, type TemplateFile } from '../../../../local/deployment/assembly/nested-stacks.ts';
import { writeAssembly } from '../../../../local/deployment/assembly/write-assembly.ts';
import { writeAssemblyOf } from './assembly-files.ts';

const INNER_ID = '1'.repeat(64);
const OUTER_ID = '2'.repeat(64);

/** A stack that nests one that nests another: the CDK's ids of nested templates are not the hashes of their files. */
const nesting = (id: string): object => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: {
    TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, `/assets/${id}.json`]] },
  },
});

let root: string;
let assembly: Assembly;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'nested-'));
  await writeAssemblyOf(join(root, 'source'), {
    'app.template.json': { Resources: { Outer: nesting(OUTER_ID) } },
    'outer.nested.template.json': { id: OUTER_ID, Resources: { Inner: nesting(INNER_ID) } },
    'inner.nested.template.json': { id: INNER_ID, Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
  });
  assembly = await readAssembly(join(root, 'source'), 'eu-west-1');
});

afterAll(() => rm(root, { recursive: true }));

describe('a stack that nests others', () => {
  test('is read with all of them, innermost first', () => {
    const files = assembly.stacks
      .flatMap((stack) => withNested<TemplateFile>(stack))
      .map(({ templateFile }) => templateFile);

    expect(files).toEqual(['inner.nested.template.json', 'outer.nested.template.json', 'app.template.json']);
  });

  test('refers to a changed nested template by its new id, as the manifest does', async () => {
    const target = join(root, 'target');
    const changed = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } } };
    const templates = assembly.stacks
      .flatMap((stack) => withNested<TemplateFile>(stack))
      .map(({ templateFile, template }) => [templateFile, template] as const);

    await writeAssembly(assembly, new Map([...templates, ['inner.nested.template.json', changed]]), {
      directory: target,
      withImages: true,
    });

    const [stack] = (await readAssembly(target, 'eu-west-1')).stacks;
    const inner = stack?.nested.get('Outer')?.nested.get('Inner');
    const manifest = await readFile(join(target, 'app.assets.json'), 'utf8');
    expect(inner?.template).toEqual(changed);
    expect(manifest).not.toContain(INNER_ID);
    expect(manifest).not.toContain(OUTER_ID);
  });
});
