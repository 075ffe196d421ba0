import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packageDirectory, upwards } from './installed-packages.ts';

/**
 * The package prefixes that Lambda's Node.js runtimes include.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const SDK_SCOPES = ['@aws-sdk', '@smithy'];

/** The search limits below a repository's root: the depth and the number of folders. */
const DEPTH = 4;
const MOST_FOLDERS = 2_000;

/** Files that exist only in a repository's root. */
const ROOT_MARKS = ['.git', 'pnpm-workspace.yaml', 'lerna.json', 'nx.json'];

/**
 * Finds the AWS SDK packages on this machine for an app: those above the app, those elsewhere in its repository, such
 * as beside a handler of a monorepo, and those of this package. The first match of a name is used.
 *
 * @param appDirectory - absolute; undefined when there is no app.
 * @returns the folder of each package by its name, such as `@aws-sdk/client-sqs`.
 */
export async function findSdk(appDirectory: string | undefined): Promise<ReadonlyMap<string, string>> {
  const near = appDirectory === undefined ? [] : upwards(appDirectory);
  const below = appDirectory === undefined ? [] : await foldersWithPackages(repositoryOf(appDirectory));
  const found = new Map<string, string>();
  for (const folder of [...near, ...below, ...upwards(packageDirectory)]) {
    for (const [name, path] of await sdkIn(join(folder, 'node_modules')))
      if (!found.has(name)) found.set(name, path);
  }
  return found;
}

/**
 * Creates a node_modules folder with links to packages. A linked package still finds its dependencies from its real
 * place.
 */
export async function linkPackages(modules: string, packages: ReadonlyMap<string, string>): Promise<void> {
  await Promise.all(
    [...packages].map(async ([name, path]) => {
      await mkdir(dirname(join(modules, name)), { recursive: true });
      await symlink(path, join(modules, name), 'dir');
    }),
  );
}

async function sdkIn(modules: string): Promise<readonly (readonly [name: string, path: string])[]> {
  const scopes = SDK_SCOPES.map(async (scope) => {
    const names = await readdir(join(modules, scope)).catch(() => []);
    return names.map((name) => [`${scope}/${name}`, join(modules, scope, name)] as const);
  });
  return (await Promise.all(scopes)).flat();
}

/**
 * Finds the root of a folder's repository. Without a repository, it is the parent folder, unless that is a
 * general-purpose folder.
 */
function repositoryOf(directory: string): string {
  const root = upwards(directory).find((folder) => ROOT_MARKS.some((mark) => existsSync(join(folder, mark))));
  if (root !== undefined) return root;
  const above = dirname(directory);
  return [tmpdir(), homedir(), dirname(homedir()), dirname(above)].includes(above) ? directory : above;
}

async function foldersWithPackages(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [root];
  let seen = 0;
  for (let depth = 0; depth <= DEPTH && seen < MOST_FOLDERS; depth += 1) {
    const below: string[] = [];
    for (const folder of level.slice(0, MOST_FOLDERS - seen)) {
      seen += 1;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      if (entries.some(({ name }) => name === 'node_modules')) found.push(folder);
      below.push(...entries.filter((entry) => isSource(entry)).map(({ name }) => join(folder, name)));
    }
    level = below;
  }
  return found;
}

const isSource = (entry: { readonly name: string; isDirectory(): boolean }): boolean =>
  entry.isDirectory() &&
  !entry.name.startsWith('.') &&
  !/^(node_modules|cdk\.out|asset\..*)$/.test(entry.name);

/** Lists the SDK client packages that the files of a folder name. */
export async function sdkClientsNamedIn(folder: string): Promise<ReadonlySet<string>> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const code = files.filter((file) => /\.[cm]?js$/.test(basename(file)));
  const texts = await Promise.all(code.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
  return new Set(
    texts.flatMap((text) => text.match(/@aws-sdk\/(?:client|lib)-[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? []),
  );
}
