import { format } from 'node:util';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof LEVELS)[number];

/** How and what `console` writes. */
export interface ConsoleOptions {
  readonly format: 'TEXT' | 'JSON';
  readonly level: Level;
  /** The invocation that runs, or `-`. */
  readonly requestId: () => string;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** The function's logging settings, as Lambda passes them on; everything is written in text by default. */
export function readLogSettings(variables: NodeJS.ProcessEnv): Pick<ConsoleOptions, 'format' | 'level'> {
  const level = variables['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase();
  return {
    format: variables['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON' ? 'JSON' : 'TEXT',
    level: LEVELS.find((known) => known === level) ?? 'TRACE',
  };
}

/**
 * Makes `console` write lines as on Lambda: time, request id, level and message, line breaks inside a message as CR.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function patchConsole(target: Console, options: ConsoleOptions): void {
  const at = (level: Level) => logMethod(level, options);
  Object.assign(target, {
    trace: at('TRACE'),
    debug: at('DEBUG'),
    info: at('INFO'),
    log: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
    fatal: at('FATAL'),
  });
}

function logMethod(level: Level, options: ConsoleOptions): (...args: unknown[]) => void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(options.level)) return () => undefined;
  const line = options.format === 'JSON' ? jsonLine : textLine;
  return (...args) => options.write(line(level, options, args).replaceAll('\n', '\r') + '\n');
}

function textLine(level: Level, { now, requestId }: ConsoleOptions, args: readonly unknown[]): string {
  return [now().toISOString(), requestId(), level, format(...args)].join('\t');
}

function jsonLine(level: Level, { now, requestId }: ConsoleOptions, args: readonly unknown[]): string {
  const common = { timestamp: now().toISOString(), level, requestId: requestId() };
  if (args.length === 1) return withMessage(common, args[0]);
  const error = args.slice(1).find((argument) => argument instanceof Error);
  return JSON.stringify({ ...common, message: format(...args), ...errorFields(error) });
}

/** A single argument stays an object in the line, unless it has no JSON form. */
function withMessage(common: object, message: unknown): string {
  try {
    return JSON.stringify({ ...common, message }, (_key, value: unknown) =>
      value instanceof Error ? Object.assign(errorFields(value), value) : value,
    );
  } catch {
    return JSON.stringify({ ...common, message: format(message) });
  }
}

function errorFields(error: Error | undefined): object {
  if (error === undefined) return {};
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}
