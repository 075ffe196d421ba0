import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

import { execa } from 'execa';

import { explainFailure } from './explain-failure.ts';

export interface ToolkitOptions {
  readonly endpoint: string;
  readonly region: string;
  /** A folder for the toolkit's own files between calls. */
  readonly homeDirectory: string;
  readonly onProgress: (line: string) => void;
}

const LINES_SHOWN = 25;
/** Selects all stacks, including those of stages, which `--all` leaves out. */
const ALL_STACKS = '**';
const COMMON_ARGUMENTS = ['--no-color', '--no-notices', '--no-version-reporting', '--ci'];

/**
 * Deploys every stack of a cloud assembly, in the order of their dependencies.
 *
 * @throws Error with the toolkit's last lines
 */
export function deployStacks(assemblyDirectory: string, options: ToolkitOptions): Promise<void> {
  const how = [
    '--require-approval',
    'never',
    '--method',
    'direct',
    '--concurrency',
    '4',
    '--progress',
    'events',
    // Parameter values are defaults in the templates; an older value at the endpoint would override them.
    '--no-previous-parameters',
  ];
  const output = ['--output', join(options.homeDirectory, 'cdk.out')];
  return runToolkit(['deploy', ALL_STACKS, '--app', assemblyDirectory, ...how, ...output], options);
}

async function runToolkit(args: readonly string[], options: ToolkitOptions): Promise<void> {
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const subprocess = execa(process.execPath, [cli, ...args, ...COMMON_ARGUMENTS], {
    cwd: options.homeDirectory,
    env: environment(options),
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  const lines: string[] = [];
  for await (const line of subprocess.iterable({ from: 'all' })) {
    lines.push(line);
    if (line.trim() !== '') options.onProgress(line.trim());
  }
  const { failed, shortMessage } = await subprocess;
  if (!failed) return;
  const shown = lines.slice(-LINES_SHOWN).join('\n');
  throw new Error([explainFailure(lines.join('\n')), shortMessage, shown].filter(Boolean).join('\n'));
}

/**
 * Builds the toolkit's environment variables from scratch: the user's own AWS profile or session must not reach the
 * toolkit.
 */
function environment({ endpoint, region, homeDirectory }: ToolkitOptions): Record<string, string> {
  const { NODE_COMPILE_CACHE } = process.env;
  return {
    PATH: [dirname(process.execPath), process.env['PATH']].filter(Boolean).join(delimiter),
    HOME: homeDirectory,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
  };
}
