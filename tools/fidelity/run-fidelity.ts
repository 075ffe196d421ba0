/**
 * `npm run fidelity`: runs the same small functions with the project's own runtime client and with AWS's
 * (aws-lambda-ric), compares the responses, and fails on a difference that known-differences.ts does not list.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionConfiguration } from '../../local/lambda/function-configuration.ts';
import { startLambdaHost } from '../../local/lambda/lambda-host.ts';
import type { LambdaHost } from '../../local/lambda/lambda-host.ts';
import { cases } from './cases.ts';
import { compare, masked, withoutClientFrames } from './compare.ts';
import type { Difference } from './compare.ts';
import { installOfficialClient } from './install-official-client.ts';
import { knownDifferences } from './known-differences.ts';
import type { KnownDifference } from './known-differences.ts';

const PROJECT = join(import.meta.dirname, '../..');
const INVOCATIONS = 2;

type Case = (typeof cases)[number];

/** The response for a caller of Lambda. */
interface Answer {
  readonly status: number;
  readonly functionError: string | null;
  readonly payload: unknown;
}

interface Compared {
  readonly name: string;
  readonly known: readonly KnownDifference[];
  readonly unknown: readonly Difference[];
}

function deploy(root: string, { name, code, configuration }: Case): FunctionConfiguration {
  const functionName = name.replaceAll(/\W+/g, '-');
  const codeDirectory = join(root, functionName);
  mkdirSync(codeDirectory);
  const files = typeof code === 'string' ? { 'index.js': code } : code;
  for (const [file, text] of Object.entries(files)) writeFileSync(join(codeDirectory, file), text);
  return {
    functionName,
    functionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${functionName}`,
    codeDirectory,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memorySizeMb: 128,
    timeoutSeconds: 10,
    environment: { TABLE: 'orders' },
    ...configuration,
  };
}

async function invoke({ endpoint }: LambdaHost, deployed: FunctionConfiguration): Promise<Answer> {
  const response = await fetch(`${endpoint}/2015-03-31/functions/${deployed.functionName}/invocations`, {
    method: 'POST',
    headers: {
      'X-Amz-Client-Context': Buffer.from('{"custom":{"kind":"test"}}').toString('base64'),
      'X-Amzn-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
    },
    body: JSON.stringify({ sku: 'café ☕', quantities: [1, 2.5, null] }),
  });
  const payload: unknown = JSON.parse(masked(await response.text()));
  return {
    status: response.status,
    functionError: response.headers.get('X-Amz-Function-Error'),
    payload: withoutClientFrames(payload, deployed.codeDirectory),
  };
}

async function answersOf(host: LambdaHost, deployed: FunctionConfiguration): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let count = 0; count < INVOCATIONS; count += 1) answers.push(await invoke(host, deployed));
  return answers;
}

function isExpected(known: KnownDifference, name: string, { path }: Difference): boolean {
  return known.name === name && known.path.test(path);
}

function judge(name: string, differences: readonly Difference[]): Compared {
  const isKnown = (difference: Difference) =>
    knownDifferences.some((known) => isExpected(known, name, difference));
  return {
    name,
    known: knownDifferences.filter((known) => differences.some((each) => isExpected(known, name, each))),
    unknown: differences.filter((difference) => !isKnown(difference)),
  };
}

function resultOf({ known, unknown }: Compared): string {
  if (unknown.length > 0) return 'different';
  return known.length > 0 ? 'different as known' : 'same';
}

function print(compared: Compared): void {
  console.log(`${compared.name.padEnd(40)} ${resultOf(compared)}`);
  for (const { path, reason } of compared.known) console.log(`    ${path.source}: ${reason}`);
  for (const { path, own, official } of compared.unknown) {
    console.log(`    ${path}: ${JSON.stringify(own)}, with aws-lambda-ric ${JSON.stringify(official)}`);
  }
}

async function compareAll(root: string, officialClient: string): Promise<readonly Compared[]> {
  const deployed = new Map<string, FunctionConfiguration>();
  const common = {
    functions: async (name: string) => deployed.get(name),
    onLog: () => undefined,
  };
  const own = await startLambdaHost(common);
  const official = await startLambdaHost({ ...common, bootstrap: officialClient });
  try {
    const compared: Compared[] = [];
    for (const each of cases) {
      const configuration = deploy(root, each);
      deployed.set(configuration.functionName, configuration);
      const differences = compare(
        await answersOf(own, configuration),
        await answersOf(official, configuration),
      );
      const result = judge(each.name, differences);
      print(result);
      compared.push(result);
    }
    return compared;
  } finally {
    await Promise.all([own.close(), official.close()]);
  }
}

function summary(compared: readonly Compared[]): string {
  const count = (wanted: string) => compared.filter((each) => resultOf(each) === wanted).length;
  return `${compared.length} cases: ${count('same')} same, ${count('different as known')} different as known, ${count('different')} different`;
}

async function main(): Promise<void> {
  const officialClient = installOfficialClient(PROJECT);
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-')));
  try {
    const compared = await compareAll(root, officialClient);
    const gone = knownDifferences.filter((known) => !compared.some((each) => each.known.includes(known)));
    for (const { name, path } of gone) console.log(`No longer different: ${name}, ${path.source}`);
    console.log(summary(compared));
    process.exitCode = gone.length > 0 || compared.some(({ unknown }) => unknown.length > 0) ? 1 : 0;
  } finally {
    rmSync(root, { recursive: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
