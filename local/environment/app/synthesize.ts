import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import type { AssemblySource } from '../plan/app-source.ts';
import { cachedAssembly } from './assembly-cache.ts';

/** The number of last lines to show. It exceeds the length of any reason; the bundler's is above the CDK's message. */
const LINES_SHOWN = 200;
/** Stack frames inside Node.js and the CDK, which do not help the user. */
const STACK_FRAME = /^\s+at .*(node:|node_modules)/;
/** The maximum length of a line. Node.js prints the line that threw, and the CDK's own files are one line each. */
const CHARACTERS_SHOWN = 300;

/** The folder of a cloud assembly, and the region for stacks that name none. */
export interface Synthesis {
  /** An app whose assemblies are kept has its own place for them, and does not use this one. */
  readonly outputDirectory: string;
  readonly region?: string;
}

/**
 * Synthesizes the cloud assembly of an app.
 *
 * @returns its folder: the requested one, or the existing one.
 * @throws {Error} with the app's output when it does not synthesize.
 */
export async function synthesize(source: AssemblySource, synthesis: Synthesis): Promise<string> {
  if (source.kind === 'assembly') return source.directory;
  if (source.kind !== 'cdk' || source.cache === undefined) return run(source, synthesis);
  const origin = { directory: source.directory, settings: [...source.arguments, synthesis.region ?? ''] };
  return cachedAssembly(source.cache, origin, (outputDirectory) =>
    run(source, { ...synthesis, outputDirectory }),
  );
}

async function run(
  source: Exclude<AssemblySource, { kind: 'assembly' }>,
  { outputDirectory, region }: Synthesis,
): Promise<string> {
  const { failed, all } = await execa(...commandOf(source, outputDirectory), {
    cwd: source.directory,
    env: {
      // The app is often started as `node app.ts`, so it must find the Node.js that runs here.
      PATH: [dirname(process.execPath), process.env['PATH']].filter(Boolean).join(delimiter),
      // The toolkit also reads each of its flags from such a variable, which every command passes on.
      // https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html
      CDK_OUTPUT: outputDirectory,
      CDK_DISABLE_VERSION_CHECK: 'true',
      ...(region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    },
    shell: source.kind === 'command',
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  if (failed) throw new Error(`The CDK app does not synthesize:\n${lastLines(all)}`);
  if (existsSync(join(outputDirectory, 'manifest.json'))) return outputDirectory;
  throw new Error(
    `${describe(source)} wrote no cloud assembly to the folder in CDK_OUTPUT: let it call \`cdk synth\` without ` +
      `an --output of its own, or give the cloud assembly's folder itself.\n${lastLines(all)}`,
  );
}

function commandOf(
  source: Exclude<AssemblySource, { kind: 'assembly' }>,
  outputDirectory: string,
): [file: string, arguments: readonly string[]] {
  if (source.kind === 'command') return [source.command, []];
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  return [process.execPath, [cdk, 'synth', '--quiet', '--output', outputDirectory, ...source.arguments]];
}

function describe(source: Exclude<AssemblySource, { kind: 'assembly' }>): string {
  return source.kind === 'command' ? source.command : `cdk synth in ${source.directory}`;
}

const lastLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !STACK_FRAME.test(line))
    .map(shortened)
    .slice(-LINES_SHOWN)
    .join('\n');

function shortened(line: string): string {
  const text = line.trimEnd();
  return text.length > CHARACTERS_SHOWN ? `${text.slice(0, CHARACTERS_SHOWN).trimEnd()}…` : text;
}
