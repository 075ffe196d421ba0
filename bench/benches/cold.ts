import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleHandler } from '../../lib/constructs/bundle-handler.ts';
import { projectDirectory } from '../../cli/project-folders.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Bench, Contestant, Sample } from '../harness/bench.ts';
import { functionEnvironment } from '../fixtures/lambda-context.ts';

const run = promisify(execFile);

const CONSUMERS = topology.consumers.map(({ name }) => name);
const CLIENT_ALONE = 'a DynamoDB client and one command, alone';
const CLIENT_SPLIT = 'the same client, bundled as ours';

/** The simplest handler: a client outside of the handler, one call inside. */
const CLIENT_ALONE_CODE = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = () => client.send(new PutItemCommand({ TableName: 't', Item: {} }));
`;

/** A program that prints the duration of a bundle's import, in milliseconds of the clock and of CPU. */
const PROBE = `
const cpu = process.cpuUsage(), start = performance.now();
require(process.argv[1]);
const ms = performance.now() - start, { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000 }));
`;

const IMPORTS_A_ROUND = 5;

export const cold: Bench = {
  name: 'cold',
  question: 'What does the import of a consumer cost when Lambda starts an execution environment for it?',
  run: async ({ isQuick }, contest) => {
    const directory = await mkdtemp(join(tmpdir(), 'order-events-bench-'));
    const imports = isQuick ? 2 : IMPORTS_A_ROUND;
    try {
      const client = await clientEntry(directory);
      const contestants = [
        await contestantOf(CLIENT_ALONE, await bundledAsUsual(client, directory), imports),
        await contestantOf(CLIENT_SPLIT, await bundledAsOurs(client, directory), imports),
      ];
      for (const name of CONSUMERS) {
        const entry = join(projectDirectory, 'functions', name, 'handler.ts');
        contestants.push(await contestantOf(name, await bundledAsOurs(entry, directory), imports));
      }
      await contest({
        title: 'The import of a bundle in a fresh Node.js',
        work: [
          `${imports} imports a round, each in a process of its own; the mean of them.`,
          'Consumers are bundled by `lib/constructs/bundle-handler.ts`, as they are deployed: what they `import()` is in other files.',
          'The client alone is one file, minified by esbuild, as `NodejsFunction` of the CDK makes it.',
          'This machine is no Lambda: its start of the environment, download and initialization of Node.js are not in the figures.',
        ],
        metrics: [
          { name: 'cpuMs', title: 'CPU ms', digits: 1 },
          { name: 'ms', title: 'ms', digits: 1 },
          { name: 'kilobytes', title: 'kB of the file that is imported', digits: 0 },
        ],
        contestants,
        ratios: [
          ...CONSUMERS.map((name) => ({
            title: `${name} against the client alone, CPU`,
            metric: 'cpuMs',
            of: name,
            to: CLIENT_ALONE,
            goal: { is: 'at most', value: 1.2 } as const,
          })),
          ...CONSUMERS.map((name) => ({
            title: `${name} against the client bundled as ours, CPU`,
            metric: 'cpuMs',
            of: name,
            to: CLIENT_SPLIT,
          })),
        ],
        bounds: [],
        chart: { title: 'CPU of an import, in ms', metric: 'cpuMs' },
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

/** Writes the client alone where the bundler finds its packages. */
async function clientEntry(directory: string): Promise<string> {
  await symlink(join(projectDirectory, 'node_modules'), join(directory, 'node_modules'));
  const entry = join(directory, 'client-alone.mjs');
  await writeFile(entry, CLIENT_ALONE_CODE);
  return entry;
}

async function bundledAsUsual(entry: string, directory: string): Promise<string> {
  const outfile = join(directory, 'usual', 'index.js');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: 'error',
  });
  return outfile;
}

async function bundledAsOurs(entry: string, directory: string): Promise<string> {
  const folder = join(directory, entry.replaceAll(/\W/g, '-'));
  await mkdir(folder);
  bundleHandler(entry, folder);
  return join(folder, 'index.js');
}

async function contestantOf(name: string, bundle: string, imports: number): Promise<Contestant> {
  const { size } = await stat(bundle);
  return { name, measure: async () => ({ ...(await meanOf(imports, bundle)), kilobytes: size / 1_000 }) };
}

async function meanOf(imports: number, bundle: string): Promise<Sample> {
  let [ms, cpuMs] = [0, 0];
  for (let left = imports; left > 0; left -= 1) {
    const { stdout } = await run(process.execPath, ['-e', PROBE, bundle], {
      env: { ...process.env, ...functionEnvironment('billing', 'http://127.0.0.1:9', 'bench') },
    });
    const cost = JSON.parse(stdout) as { readonly ms: number; readonly cpuMs: number };
    ms += cost.ms / imports;
    cpuMs += cost.cpuMs / imports;
  }
  return { ms, cpuMs };
}
