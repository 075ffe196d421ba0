import { delimiter, dirname, join } from 'node:path';
import { CONFINED_FOLDERS } from './confined-folders.ts';
import type { FunctionConfiguration } from './function-configuration.ts';

/** What an execution environment adds to the deployed configuration. */
export interface EnvironmentSetting {
  /** `host:port` of the Runtime API. */
  readonly runtimeApi: string;
  readonly logStreamName: string;
  /** Absolute path of the program that speaks the Runtime API. */
  readonly bootstrap: string;
  /** Absolute path of the node_modules that the runtime brings along; absent: it brings nothing. */
  readonly runtimeModules?: string | undefined;
  /** Variables of the machine the function stands on, such as endpoints and credentials. They win over all others. */
  readonly machine: Readonly<Record<string, string>>;
}

/** What emulators take for the credentials of account 000000000000. */
const PLACEHOLDER_CREDENTIAL = 'test';

/**
 * All variables of an execution environment. Nothing comes from the environment of the process that calls this: a
 * function must not find on a laptop what it will miss on AWS.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(
  configuration: FunctionConfiguration,
  setting: EnvironmentSetting,
): Record<string, string> {
  return {
    ...overridableVariables(configuration, setting),
    ...configuration.environment,
    ...reservedVariables(configuration, setting),
    ...logVariables(configuration),
    ...confinement(configuration),
    ...setting.machine,
    ...configuration.overrides,
  };
}

function overridableVariables(
  configuration: FunctionConfiguration,
  setting: EnvironmentSetting,
): Record<string, string> {
  const { layersDirectory: opt } = configuration;
  const path = ['/usr/local/bin', '/usr/bin', '/bin', ...(opt === undefined ? [] : [join(opt, 'bin')])];
  return {
    LANG: 'en_US.UTF-8',
    NODE_PATH: nodePath(configuration, setting).join(delimiter),
    PATH: path.join(delimiter),
    TZ: ':UTC',
    ...(opt !== undefined && { LD_LIBRARY_PATH: join(opt, 'lib') }),
  };
}

/**
 * As on Lambda, with this machine's folders: `/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:
 * /var/runtime/node_modules:/var/runtime:/var/task`.
 */
function nodePath(
  { codeDirectory, layersDirectory: opt, runtime }: FunctionConfiguration,
  { runtimeModules, bootstrap }: EnvironmentSetting,
): readonly string[] {
  const major = /\d+/.exec(runtime)?.[0] ?? '';
  const ofLayers =
    opt === undefined
      ? []
      : [join(opt, 'nodejs', `node${major}`, 'node_modules'), join(opt, 'nodejs', 'node_modules')];
  const ofRuntime = runtimeModules === undefined ? [] : [runtimeModules];
  return [...ofLayers, ...ofRuntime, dirname(bootstrap), codeDirectory];
}

function confinement({
  codeDirectory,
  layersDirectory,
  confined = false,
}: FunctionConfiguration): Record<string, string> {
  const folders = [codeDirectory, ...(layersDirectory === undefined ? [] : [layersDirectory])];
  return confined ? { [CONFINED_FOLDERS]: folders.join(delimiter) } : {};
}

function reservedVariables(
  configuration: FunctionConfiguration,
  setting: EnvironmentSetting,
): Record<string, string> {
  const region = regionOf(configuration.functionArn);
  return {
    _HANDLER: configuration.handler,
    AWS_ACCESS_KEY_ID: PLACEHOLDER_CREDENTIAL,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySizeMb),
    AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${configuration.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: setting.logStreamName,
    AWS_LAMBDA_RUNTIME_API: setting.runtimeApi,
    AWS_REGION: region,
    AWS_SECRET_ACCESS_KEY: PLACEHOLDER_CREDENTIAL,
    AWS_SESSION_TOKEN: PLACEHOLDER_CREDENTIAL,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LAMBDA_RUNTIME_DIR: dirname(setting.bootstrap),
    LAMBDA_TASK_ROOT: configuration.codeDirectory,
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
function logVariables({ jsonLogLevel }: FunctionConfiguration): Record<string, string> {
  return jsonLogLevel === undefined
    ? {}
    : { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: jsonLogLevel };
}

function regionOf(functionArn: string): string {
  const region = functionArn.split(':')[3];
  if (region === undefined || region === '') {
    throw new TypeError(
      `${functionArn} names no region; expected arn:aws:lambda:<region>:<account>:function:<name>.`,
    );
  }
  return region;
}
