import { dirname } from 'node:path';
import type { JsonObject } from '../../deployment/assembly/template.ts';

/** The source of a cloud assembly: an existing folder, or a command that writes one. */
export type AssemblySource =
  | { readonly kind: 'assembly'; readonly directory: string }
  /** `cdk synth` in the app's folder, by this project's toolkit, with further arguments. */
  | {
      readonly kind: 'cdk';
      readonly directory: string;
      readonly arguments: readonly string[];
      readonly cache?: AssemblyCache;
    }
  /** A shell command, run in the folder, that ends in a synthesis by the CDK toolkit. */
  | { readonly kind: 'command'; readonly directory: string; readonly command: string };

/** Keeps assemblies, for an app whose inputs are known: as long as none of them changes, the app is synthesized once. */
export interface AssemblyCache {
  /** Absolute path of the folder where assemblies are kept. */
  readonly directory: string;
  /** Files and folders, from the app's folder on, that decide what the app synthesizes. `node_modules` is left out: name the lock file. */
  readonly inputs: readonly string[];
}

/** A function without a template: a module on this machine. */
export interface FunctionFile {
  /** Absolute path of the module's folder. */
  readonly codeDirectory: string;
  /** `<file without extension>.<export>`, as Lambda writes a handler. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** One CreateEventSourceMapping request, with its function unless that is at the endpoint. */
export interface MappingSource {
  readonly kind: 'mapping';
  readonly request: JsonObject;
  readonly functionFile?: FunctionFile;
}

/** The app that an environment runs. Serialisable; all folders are absolute paths. */
export type AppSource = AssemblySource | MappingSource;

/** Returns whether an environment deploys its app before running it. */
export const isDeployed = (source: AppSource): source is AssemblySource => source.kind !== 'mapping';

/** Finds the folder of an app: its own, or the parent of its cloud assembly. */
export function appDirectoryOf(source: AppSource): string | undefined {
  if (source.kind === 'mapping') return source.functionFile?.codeDirectory;
  return source.kind === 'assembly' ? dirname(source.directory) : source.directory;
}
