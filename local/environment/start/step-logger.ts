import { ListrLogger, ListrLogLevels, type LoggerFieldOptions } from 'listr2';

/**
 * Shows each step on a line. It omits the error of a failed step: listr would print it for the step and each of its
 * parents, and the caller prints it as well.
 */
export class StepLogger extends ListrLogger<ListrLogLevels> {
  override log(level: ListrLogLevels, message: string | unknown[], options?: LoggerFieldOptions): void {
    super.log(level, message, level === ListrLogLevels.FAILED ? undefined : options);
  }
}
