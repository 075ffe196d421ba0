import { existsSync, realpathSync } from 'node:fs';
import Module, { isBuiltin, registerHooks, type ResolveFnOutput, type ResolveHookContext } from 'node:module';
import { basename, delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type NextResolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

/**
 * Makes modules in the given folders find packages as they do on Lambda: in node_modules up to the folder itself, where
 * on Lambda nothing is above it, and then in NODE_PATH, by `import` as well as by `require`.
 *
 * @param folders - absolute: the function's code, and its layers.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 */
export function confineModuleLookup(folders: readonly string[]): void {
  const roots = folders.flatMap((folder) => [folder, realpathSync(folder)]);
  confineRequire(roots);
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const parent = fileOf(context.parentURL);
      const root = parent === undefined ? undefined : roots.find((folder) => isInside(parent, folder));
      return parent === undefined || root === undefined || isRequired(context) || !isPackage(specifier)
        ? nextResolve(specifier, context)
        : resolvePackage(specifier, { parent, root, context, nextResolve });
    },
  });
}

/** Node.js asks this function of its own for the folders that a module's packages are looked for in; there is no other way in. */
function confineRequire(roots: readonly string[]): void {
  const pathsOf: unknown = Reflect.get(Module, '_nodeModulePaths');
  if (typeof pathsOf !== 'function') return;
  Reflect.set(Module, '_nodeModulePaths', (from: string): readonly string[] => {
    const found: unknown = Reflect.apply(pathsOf, Module, [from]);
    const paths = Array.isArray(found) ? found.filter((path) => typeof path === 'string') : [];
    const root = roots.find((folder) => isInside(from, folder));
    return root === undefined ? paths : paths.filter((path) => isInside(path, root));
  });
}

interface PackageLookup {
  /** The file that imports. */
  readonly parent: string;
  /** The folder that it is in, above which nothing is found. */
  readonly root: string;
  readonly context: ResolveHookContext;
  readonly nextResolve: NextResolve;
}

function resolvePackage(specifier: string, lookup: PackageLookup): ResolveFnOutput {
  const { parent, root, context, nextResolve } = lookup;
  const name = packageName(specifier);
  if (foldersUpTo(root, dirname(parent)).some((folder) => existsSync(join(folder, 'node_modules', name))))
    return nextResolve(specifier, context);
  const modules = nodePath().find((folder) => existsSync(join(folder, name)));
  if (modules !== undefined) {
    const parentURL = pathToFileURL(join(dirname(modules), 'index.js')).href;
    return nextResolve(specifier, { ...context, parentURL });
  }
  return ownPackage(specifier, lookup);
}

/** A package may import itself by its own name. */
function ownPackage(
  specifier: string,
  { parent, root, context, nextResolve }: PackageLookup,
): ResolveFnOutput {
  const found = attempt(() => nextResolve(specifier, context));
  const file = fileOf(found?.url);
  if (found !== undefined && file !== undefined && isInside(file, root)) return found;
  const error = new Error(`Cannot find package '${packageName(specifier)}' imported from ${parent}`);
  throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The folders of NODE_PATH that packages are looked for in by `import`: a path of several parts is none of a package there. */
const nodePath = (): readonly string[] =>
  (process.env['NODE_PATH'] ?? '').split(delimiter).filter((folder) => basename(folder) === 'node_modules');

function foldersUpTo(root: string, folder: string): readonly string[] {
  return folder === root || !isInside(folder, root)
    ? [root]
    : [folder, ...foldersUpTo(root, dirname(folder))];
}

const isRequired = ({ conditions }: ResolveHookContext): boolean => conditions?.includes('require') ?? false;

const isPackage = (specifier: string): boolean =>
  !/^(\.{0,2}\/|\.{1,2}$|#|[a-zA-Z][a-zA-Z+.-]*:)/.test(specifier) && !isBuiltin(specifier);

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

const fileOf = (url: string | undefined): string | undefined =>
  url?.startsWith('file:') === true ? fileURLToPath(url) : undefined;
