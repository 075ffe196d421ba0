/**
 * Synthesizes variants of the stages under every rule pack, each into a folder of its own below the one that is given,
 * without bundles: those are the same in every variant.
 *
 * Usage: node tools/judges/judged-variants.ts <folder> <variant>...
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { topology } from '../../lib/topology/topology.ts';
import { acknowledgedIn, acknowledgementsFile } from './acknowledgements.ts';
import { rulePacks } from './plugins.ts';
import { recordAt } from './template-resources.ts';
import { variants } from './variants.ts';

const [folder = '', ...names] = process.argv.slice(2);
const context = {
  ...recordAt(JSON.parse(readFileSync('cdk.json', 'utf8')), 'context'),
  'aws:cdk:bundling-stacks': [],
  'aws:cdk:enable-path-metadata': true,
};

for (const { name, config } of variants.filter((variant) => names.includes(variant.name))) {
  const outdir = join(folder, name);
  const app = new App({ context, outdir });
  createOrderEvents(app, config, topology);
  Validations.of(app).addPlugins(...rulePacks());
  writeFileSync(join(outdir, acknowledgementsFile), JSON.stringify(acknowledgedIn(app)));
  try {
    app.synth();
  } catch (error) {
    // Findings are in the report; the next variant has its own.
    console.error(`${name}: ${String(error)}`);
  }
}
