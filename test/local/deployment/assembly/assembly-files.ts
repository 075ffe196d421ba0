import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A template, with its id where it is an asset. */
export interface TemplateContent {
  readonly id?: string;
  readonly Resources: object;
}

/** Writes a cloud assembly of one stack, `app`, and the templates that it nests. */
export async function writeAssemblyOf(
  directory: string,
  templates: Readonly<Record<string, TemplateContent>>,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const write = (name: string, content: object): Promise<void> =>
    writeFile(join(directory, name), JSON.stringify(content));
  for (const [file, { Resources }] of Object.entries(templates)) await write(file, { Resources });
  const files = Object.entries(templates).flatMap(([path, { id }]): [string, object][] =>
    id === undefined
      ? []
      : [
          [
            id,
            {
              source: { path, packaging: 'file' },
              destinations: { here: { bucketName: 'b', objectKey: `${id}.json` } },
            },
          ],
        ],
  );
  await write('app.assets.json', { version: '55.0.0', files: Object.fromEntries(files) });
  await write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'app.assets': { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } },
      app: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/eu-west-1',
        properties: { templateFile: 'app.template.json' },
      },
    },
  });
}
