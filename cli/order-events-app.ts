import { synthesize } from '#msk-local/environment/app/synthesize.ts';
import type { AssemblySource } from '#msk-local/environment/plan/app-source.ts';
import { assembliesDirectory, projectDirectory } from './project-folders.ts';

/** All that decides what the app synthesizes: a test follows the imports. */
export const APP_INPUTS = [
  'bin',
  'lib',
  'functions',
  'doctor',
  'kafka-tools',
  'cdk.json',
  'cdk.context.json',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
] as const;

/**
 * The CDK app of this project. Its cloud assembly is kept, and made again when one of its files has changed.
 *
 * @param context values for the app, as for `cdk synth --context`.
 */
export function orderEventsApp(context: readonly string[]): AssemblySource {
  return {
    kind: 'cdk',
    directory: projectDirectory,
    arguments: context.flatMap((value) => ['--context', value]),
    cache: { directory: assembliesDirectory, inputs: APP_INPUTS },
  };
}

/** Finds the cloud assembly of the stage dev, or synthesizes it. @returns its folder, which is kept: nothing may be written to it. */
export function devAssembly(): Promise<string> {
  return synthesize(orderEventsApp(['stage=dev', 'purpose=review']), {
    outputDirectory: assembliesDirectory,
  });
}
