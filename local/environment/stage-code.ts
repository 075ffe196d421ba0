import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { DeployedFunction } from '../deployment/deployed-app.ts';

/** The functions with their code where nothing of this project is above it, and how to delete it again. */
export interface StagedCode {
  readonly functions: readonly DeployedFunction[];
  remove(): Promise<void>;
}

export interface StagingOptions {
  /** The run's folder; the copy of the same run is replaced. */
  readonly run: string;
  /** The AWS SDK is taken from the first of these folders that has it, in itself or above it. */
  readonly sdkFrom: readonly string[];
}

/** What Lambda's Node.js runtimes bring along. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const SDK_SCOPES = ['@aws-sdk', '@smithy'];

/**
 * Copies the functions' code out of the project. In the cloud assembly a bundle stands below a project's
 * package.json and node_modules, which would decide how its files are read and lend it packages it does not bring;
 * on Lambda, nothing is above it but the AWS SDK.
 */
export async function stageCode(
  functions: readonly DeployedFunction[],
  { run, sdkFrom }: StagingOptions,
): Promise<StagedCode> {
  const directory = join(
    tmpdir(),
    `order-events-${createHash('sha256').update(run).digest('hex').slice(0, 16)}`,
  );
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  await remove();
  const staged = await Promise.all(
    functions.map(async (deployed) => {
      const codeDirectory = join(directory, basename(deployed.functionName));
      await cp(deployed.codeDirectory, codeDirectory, { recursive: true });
      return { ...deployed, codeDirectory };
    }),
  );
  await linkSdk(join(directory, 'node_modules'), sdkFrom);
  return { functions: staged, remove };
}

/** A linked package still finds its own dependencies where it really is. */
async function linkSdk(modules: string, sdkFrom: readonly string[]): Promise<void> {
  await mkdir(modules, { recursive: true });
  for (const scope of SDK_SCOPES) {
    const found = sdkFrom.flatMap(upwards).find((folder) => existsSync(join(folder, 'node_modules', scope)));
    if (found !== undefined) await symlink(join(found, 'node_modules', scope), join(modules, scope), 'dir');
  }
}

function upwards(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}
