import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleHandler } from './bundle-handler.ts';

/** Paths of entries are from here on: the folder of cdk.json, where the CDK starts the app. */
const PROJECT = '.';

/**
 * The bundle of a handler; see {@link bundleHandler}.
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
          bundleHandler(entry, directory);
          return true;
        },
      },
    },
  });
}
