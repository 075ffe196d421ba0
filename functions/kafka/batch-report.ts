import { COUNTED_EFFECTS } from '../kernel/record-outcome.ts';
import type { BatchSummary, FailedRecord } from './batch-summary.ts';
import { describeCause } from './describe-cause.ts';

/** The part of a structured logger that is needed here; Powertools Logger fits. */
export interface BatchLogger {
  info(message: string, attributes: Record<string, unknown>): void;
  warn(message: string, attributes: Record<string, unknown>): void;
  error(message: string, attributes: Record<string, unknown>): void;
}

/** The part of a metrics library that is needed here; Powertools Metrics fits. */
export interface BatchMetrics {
  addMetric(name: string, unit: 'Count' | 'Milliseconds', value: number): unknown;
  publishStoredMetrics(): unknown;
}

/**
 * One log line and one set of counts for each batch. It is a middy middleware for the batches that end with an error,
 * and `batchDone` is told about the others. Ids and reasons only, never a key, a value or a header.
 */
export function batchReport({ logger, metrics }: { logger: BatchLogger; metrics: BatchMetrics }) {
  return {
    batchDone(summary: BatchSummary): void {
      logBatch(logger, summary);
      addCounts(metrics, summary);
      metrics.publishStoredMetrics();
    },
    onError({ error }: { readonly error: unknown }): void {
      logger.error('Batch ended with an error', { cause: describeCause(error) });
    },
  };
}

/** Parked and failed records are for people to look at, all else is daily business. */
function logBatch(logger: BatchLogger, { failedRecords, ...counts }: BatchSummary): void {
  const line = { ...counts, failedRecords: failedRecords.map(describeFailedRecord) };
  if (failedRecords.length > 0) logger.warn('Batch done, with failures', line);
  else logger.info('Batch done', line);
}

function addCounts(metrics: BatchMetrics, { outcomes, effects, timeliness }: BatchSummary): void {
  metrics.addMetric('RecordsProcessed', 'Count', outcomes.processed);
  metrics.addMetric('RecordsDuplicate', 'Count', outcomes.duplicate);
  metrics.addMetric('RecordsSkipped', 'Count', outcomes.skipped);
  metrics.addMetric('RecordsParked', 'Count', outcomes.parked);
  metrics.addMetric('RecordsFailed', 'Count', outcomes.failed);
  metrics.addMetric('RecordsHeldBack', 'Count', outcomes.heldBack);
  metrics.addMetric('EffectsInTime', 'Count', timeliness.inTime);
  metrics.addMetric('EffectsLate', 'Count', timeliness.late);
  // Unknown is never a number: what did not happen has no age and no count.
  if (timeliness.oldestMs !== undefined) metrics.addMetric('EffectAge', 'Milliseconds', timeliness.oldestMs);
  for (const { kind, metric } of COUNTED_EFFECTS) {
    const count = effects[kind];
    if (count !== undefined) metrics.addMetric(metric, 'Count', count);
  }
}

function describeFailedRecord({ cause, ...record }: FailedRecord): Record<string, unknown> {
  return cause === undefined ? record : { ...record, cause: describeCause(cause) };
}
