import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { reviewedTemplates, templatePage } from '../../review/reviewed-templates.ts';

const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };

let project = '';

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'reviewed-'));
  await mkdir(join(project, 'review/templates'), { recursive: true });
});

afterEach(() => rm(project, { recursive: true, force: true }));

test('a template that was written is read again under the name of its stack', async () => {
  const { file, text } = templatePage({ stackName: 'shop-dev-consumers', template });
  await writeFile(join(project, file), text);

  const read = await reviewedTemplates(project, undefined);

  expect(file).toBe('review/templates/shop-dev-consumers.json');
  expect(read).toEqual([{ stackName: 'shop-dev-consumers', template }]);
});

test('a folder without a template says how to write one', async () => {
  await expect(reviewedTemplates(project, undefined)).rejects.toThrow(
    'review/templates holds no template; write them with: npm run review -- --write',
  );
});
