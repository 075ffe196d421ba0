import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { APP_INPUTS } from '../../cli/order-events-app.ts';
import { projectDirectory } from '../../cli/project-folders.ts';
import { topology } from '../../lib/topology/topology.ts';

test('every file that the app or a bundle imports is an input of the kept assembly', async () => {
  const { metafile } = await build({
    absWorkingDir: projectDirectory,
    entryPoints: [
      'bin/app.ts',
      ...topology.consumers.map(({ handlerEntry }) => handlerEntry),
      'functions/redrive/handler.ts',
      'functions/order-producer/handler.ts',
      'functions/sampler/handler.ts',
    ],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    metafile: true,
    write: false,
    outdir: 'unused',
  });

  const files = Object.keys(metafile.inputs);
  const outside = files.filter((file) => !APP_INPUTS.some((input) => file.startsWith(`${input}/`)));
  expect(files).toContain('functions/kernel/record-failure.ts');
  expect(outside).toEqual([]);
});
