import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { projectDirectory } from '../../cli/project-folders.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Bench, Contestant, Sample } from '../harness/bench.ts';
import { functionEnvironment } from '../fixtures/lambda-context.ts';

const run = promisify(execFile);

const CONSUMERS = topology.consumers.map(({ name }) => name);
const CLIENT_ALONE = 'a DynamoDB client and one command, alone';

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
      const contestants = [await clientAlone(directory, imports)];
      for (const name of CONSUMERS) contestants.push(await consumer(directory, name, imports));
      await contest({
        title: 'The import of a bundle in a fresh Node.js',
        work: [
          `${imports} imports a round, each in a process of its own; the mean of them.`,
          'Bundles as `lib/constructs/handler-code.ts` makes them: CommonJS, minified, with the AWS SDK, without source maps.',
          'This machine is no Lambda: its start of the environment, download and initialization of Node.js are not in the figures.',
        ],
        metrics: [
          { name: 'cpuMs', title: 'CPU ms', digits: 1 },
          { name: 'ms', title: 'ms', digits: 1 },
          { name: 'kilobytes', title: 'kB of the bundle', digits: 0 },
        ],
        contestants,
        ratios: CONSUMERS.map((name) => ({
          title: `${name} against the client alone, CPU`,
          metric: 'cpuMs',
          of: name,
          to: CLIENT_ALONE,
          goal: { is: 'at most', value: 1.2 },
        })),
        bounds: [],
        chart: { title: 'CPU of an import, in ms', metric: 'cpuMs' },
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function clientAlone(directory: string, imports: number): Promise<Contestant> {
  const entry = join(directory, 'client-alone.mjs');
  await writeFile(entry, CLIENT_ALONE_CODE);
  return contestantOf(CLIENT_ALONE, entry, { directory, imports });
}

function consumer(directory: string, name: string, imports: number): Promise<Contestant> {
  return contestantOf(name, join(projectDirectory, 'functions', name, 'handler.ts'), { directory, imports });
}

async function contestantOf(
  name: string,
  entry: string,
  { directory, imports }: { readonly directory: string; readonly imports: number },
): Promise<Contestant> {
  const outfile = join(directory, `${name.replaceAll(/\W/g, '-')}.cjs`);
  await build({
    entryPoints: [entry],
    outfile,
    nodePaths: [join(projectDirectory, 'node_modules')],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    define: { 'import.meta.url': '__filename' },
    logLevel: 'error',
  });
  const { size } = await stat(outfile);
  return { name, measure: async () => ({ ...(await meanOf(imports, outfile)), kilobytes: size / 1_000 }) };
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
