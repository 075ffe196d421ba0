import { createRequire } from 'node:module';
import { execa } from 'execa';
import { projectDirectory } from './project-directory.ts';

const LINES_SHOWN = 15;

/**
 * Synthesizes the project's CDK app for a stage, as `npx cdk synth` does, into a folder.
 *
 * @throws {Error} with the toolkit's last lines when the app does not synthesize.
 */
export async function synthesize(stage: string, outputDirectory: string): Promise<void> {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const { failed, all } = await execa(
    process.execPath,
    [cdk, 'synth', '--quiet', '--output', outputDirectory, '--context', `stage=${stage}`],
    {
      cwd: projectDirectory,
      // The toolkit starts the app as `node bin/app.ts`: it must find the Node that runs here.
      preferLocal: true,
      localDir: projectDirectory,
      all: true,
      reject: false,
    },
  );
  if (failed) {
    throw new Error(`The CDK app does not synthesize:\n${all.split('\n').slice(-LINES_SHOWN).join('\n')}`);
  }
}
