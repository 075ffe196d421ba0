import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { textAt } from '../../lib/guards/json-access.ts';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { capitalized } from '../../lib/topology/consumer-outputs.ts';
import { topology } from '../../lib/topology/topology.ts';
import { resourcesOf } from '../../tools/judges/template-resources.ts';
import { testApp } from './synthesize.ts';

const app = testApp({
  'aws:cdk:bundling-stacks': ['order-events-dev-consumers', 'order-events-dev-operations'],
  'aws:cdk:enable-asset-metadata': true,
});

/** The SDK looks for it when a request needs a signature for several regions, and does without it otherwise. */
const optional = '@aws-sdk/signature-v4-crt';
/** What ajv writes into the code of its validators, and nobody here has it write. */
const written = ['equal', 'ucs2length', 'uri', 'validation_error'].map((name) => `ajv/dist/runtime/${name}`);

createOrderEvents(app, dev, topology);
const assembly = app.synth();
const resources = ['consumers', 'operations'].flatMap((name) =>
  resourcesOf(assembly.getStackByName(`order-events-dev-${name}`).template),
);

afterAll(() => {
  rmSync(assembly.directory, { recursive: true });
});

describe.each([
  ...topology.consumers.map(({ name }) => ({ id: capitalized(name), maxBytes: 700_000 })),
  // With a Kafka client and AWS's signer, which brings every way to credentials along.
  { id: 'Producer', maxBytes: 1_000_000 },
  // With a second Kafka client besides, which reads by offset and joins no group.
  { id: 'Redrive', maxBytes: 2_000_000 },
])('the bundle of $id', ({ id, maxBytes }) => {
  const lambda = resources.find(({ path }) => path.endsWith(`/${id}/Function/Resource`));
  const folder = join(assembly.directory, textAt(lambda?.metadata, 'aws:asset:path') ?? 'missing');

  const files = () => readdirSync(folder).filter((file) => file.endsWith('.js'));

  test('is a file for the start with its source map, and files that are read on demand', () => {
    const names = readdirSync(folder);

    expect(names).toEqual(expect.arrayContaining(['index.js', 'index.js.map']));
    expect(names.filter((name) => !name.endsWith('.js') && !name.endsWith('.js.map'))).toEqual([]);
  });

  test('is CommonJS that needs nothing but Node and its own files', () => {
    const code = files().map((file) => readFileSync(join(folder, file), 'utf8'));
    const required = [...code.join('\n').matchAll(/\brequire\("([^"]+)"\)/g)];
    const builtin = new Set([...builtinModules, optional, ...written, ...files().map((file) => `./${file}`)]);

    expect(
      required.map(([, name = '']) => name).filter((name) => !builtin.has(name.replace('node:', ''))),
    ).toEqual([]);
    expect(required).not.toEqual([]);
  });

  test('is small enough to start fast', () => {
    expect(statSync(join(folder, 'index.js')).size).toBeLessThan(maxBytes);
  });
});
