import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AssemblySource } from '../environment/plan/app-source.ts';

/** A command that ends in the toolkit's own synthesis, such as `npx cdk synth` or `npm run synth`. */
const SYNTHESIZES = /\bsynth/;

/**
 * Reads the value of `--app`: a cloud assembly's folder, a CDK project's folder, a command that synthesizes, or a
 * command for the toolkit's own `--app`, such as `node bin/app.ts`.
 *
 * @param base - absolute path of the folder that relative paths start from, and that commands run in.
 * @throws {Error} with a one-line message when it is none of these.
 */
export function appSourceOf(text: string, base: string): AssemblySource {
  const directory = resolve(base, text);
  if (isFolder(directory)) return folderSource(directory);
  if (!/\s/.test(text.trim()) && !existsSync(directory)) {
    throw new Error(
      `--app ${text} is neither a folder (in ${base}) nor a command: give a cdk.out folder, a CDK project's folder, or ` +
        'a command such as "npx cdk synth".',
    );
  }
  return SYNTHESIZES.test(text)
    ? { kind: 'command', directory: base, command: text }
    : { kind: 'cdk', directory: base, arguments: ['--app', text] };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function folderSource(directory: string): AssemblySource {
  if (existsSync(join(directory, 'manifest.json'))) return { kind: 'assembly', directory };
  if (existsSync(join(directory, 'cdk.json'))) return { kind: 'cdk', directory, arguments: [] };
  throw new Error(
    `${directory} holds neither a cloud assembly (manifest.json) nor a CDK project (cdk.json): synthesize it first.`,
  );
}
