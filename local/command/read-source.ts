import { resolve } from 'node:path';
import { z } from 'zod';
import { isObject, type JsonObject } from '../deployment/assembly/template.ts';
import type { AppSource, FunctionFile, MappingSource } from '../environment/plan/app-source.ts';
import {
  emulatorOptions,
  type EmulatorOptions,
} from '../event-source-mapping/configuration/emulator-options.ts';
import { readMapping } from '../event-source-mapping/supervisor/start-mapping.ts';
import { appSourceOf } from './app-source-of.ts';
import { emulatorOptionsSchema } from './emulator-options-schema.ts';
import { handlerFile } from './handler-file.ts';
import { readJsonFile } from './read-json-file.ts';

/** Lambda's own defaults. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** The flags that choose what to run. */
export interface SourceFlags {
  readonly app?: string | undefined;
  readonly mapping?: string | undefined;
  readonly handler?: string | undefined;
  readonly timeout?: number | undefined;
  readonly memory?: number | undefined;
  readonly env?: readonly string[] | undefined;
  readonly invoke: 'processes' | 'endpoint';
}

export interface ReadingOptions {
  /** Absolute path of the folder that relative paths start from. */
  readonly base: string;
  readonly emulator: Partial<EmulatorOptions>;
}

/** @throws {Error} with a one-line message for an invalid value, or one line for each problem of a mapping. */
export async function readSource(flags: SourceFlags, options: ReadingOptions): Promise<AppSource> {
  if (flags.app !== undefined) return appSourceOf(flags.app, options.base);
  if (flags.mapping !== undefined) return mappingSource(flags, flags.mapping, options);
  throw new Error(
    'Nothing to run: give --app (a CDK app) or --mapping (a CreateEventSourceMapping request).',
  );
}

/** Reads the emulator options from their file. Without a file, it returns none. */
export async function readEmulatorOptions(
  file: string | undefined,
  base: string,
): Promise<Partial<EmulatorOptions>> {
  if (file === undefined) return {};
  return readJsonFile({ path: resolve(base, file), what: "the emulator's options" }, emulatorOptionsSchema);
}

const requestSchema = z.custom<JsonObject>(isObject, { error: 'is not a JSON object; give one request' });

async function mappingSource(
  flags: SourceFlags,
  file: string,
  { base, emulator }: ReadingOptions,
): Promise<MappingSource> {
  const path = resolve(base, file);
  const request = await readJsonFile({ path, what: 'a CreateEventSourceMapping request' }, requestSchema);
  const functionFile = functionFileOf(flags, base);
  // Rejected here, before any engine starts.
  readMapping(
    {
      mappingId: path,
      properties: request,
      ...(functionFile === undefined ? {} : { functionTimeoutSeconds: functionFile.timeoutSeconds }),
    },
    [],
    emulatorOptions(emulator),
  );
  return { kind: 'mapping', request, ...(functionFile === undefined ? {} : { functionFile }) };
}

function functionFileOf(flags: SourceFlags, base: string): FunctionFile | undefined {
  const { handler, timeout, memory, env, invoke } = flags;
  if (invoke === 'endpoint') {
    if (handler === undefined) return undefined;
    throw new Error(
      `--handler ${handler} runs as a process and does not go with --invoke endpoint: remove one of them.`,
    );
  }
  if (handler === undefined) {
    throw new Error(
      '--mapping needs --handler <file>.<export>, or --invoke endpoint for a function deployed there.',
    );
  }
  return {
    ...handlerFile(handler, base),
    timeoutSeconds: timeout ?? DEFAULT_TIMEOUT_SECONDS,
    memorySizeMb: memory ?? DEFAULT_MEMORY_MB,
    environment: Object.fromEntries((env ?? []).map(variableOf)),
  };
}

function variableOf(text: string): [name: string, value: string] {
  const [, name, value] = /^([A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new Error(`--env ${text} is not a variable: write it as NAME=value.`);
}
