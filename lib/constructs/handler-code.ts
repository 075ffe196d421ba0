import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

/** Paths of entries are from here on: the folder of cdk.json, where the CDK starts the app. */
const PROJECT = '.';

/** The file of the bundle, which Lambda looks for under this name. */
const FILE = 'index.js';

/**
 * Bundles a handler to one CommonJS file, SDK included, so that what was tested is what runs.
 *
 * esbuild is called in this process. The CDK's own `NodejsFunction` starts it through npx, which takes longer than the
 * bundling itself.
 *
 * @param entry - the file of the handler, from the folder of cdk.json.
 * @throws {Error} with esbuild's messages when the entry cannot be bundled.
 */
export function handlerCode(entry: string): Code {
  return Code.fromAsset(PROJECT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Stays unused: the bundler is a package of this project, so it is always there.
      image: DockerImage.fromRegistry('none'),
      // The CDK bundles once for each command.
      command: ['esbuild', entry],
      local: {
        tryBundle: (directory) => {
          bundle(entry, directory);
          return true;
        },
      },
    },
  });
}

function bundle(entry: string, directory: string): void {
  buildSync({
    entryPoints: [entry],
    outfile: `${directory}/${FILE}`,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // CommonJS starts faster than ESM here: importing Node's own modules from ESM builds a facade for each.
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    // Where packages look for what lies beside them; CommonJS knows it by this name.
    define: { 'import.meta.url': '__filename' },
    // The same code with its WebAssembly inside, as a bundle is one file.
    alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
    logLevel: 'warning',
  });
}
