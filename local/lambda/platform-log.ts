/**
 * The lines that Lambda itself writes around a function's own.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */

/** Why an invocation or an initialization did not succeed, as REPORT lines name it. */
export interface FailureStatus {
  readonly status: 'error' | 'timeout';
  readonly errorType: string;
}

/** The figures of one invocation. */
export interface InvocationReport {
  readonly requestId: string;
  readonly durationMs: number;
  /** Present after a cold start. */
  readonly initDurationMs?: number | undefined;
  readonly memorySizeMb: number;
  /** Absent when the runtime does not tell, as after a crash. */
  readonly maxMemoryUsedMb?: number | undefined;
  readonly failure?: FailureStatus | undefined;
}

export function initStartLine(runtime: string): string {
  return `INIT_START Runtime Version: ${runtime}`;
}

export function initReportLine(durationMs: number, phase: 'init' | 'invoke', failure: FailureStatus): string {
  return fields(`INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms`, `Phase: ${phase}`, failed(failure));
}

export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`;
}

export function timeoutLine(requestId: string, now: Date, timeoutSeconds: number): string {
  return `${now.toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

export function reportLine(report: InvocationReport): string {
  const { durationMs, initDurationMs, maxMemoryUsedMb, failure } = report;
  return fields(
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initDurationMs ?? 0))} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    maxMemoryUsedMb === undefined ? undefined : `Max Memory Used: ${maxMemoryUsedMb} MB`,
    initDurationMs === undefined ? undefined : `Init Duration: ${initDurationMs.toFixed(2)} ms`,
    failure === undefined ? undefined : failed(failure),
  );
}

function failed({ status, errorType }: FailureStatus): string {
  return status === 'timeout' ? 'Status: timeout' : fields('Status: error', `Error Type: ${errorType}`);
}

function fields(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\t');
}
