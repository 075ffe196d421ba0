import { ListrLogger, ListrLogLevels, type LoggerFieldOptions } from 'listr2';

/**
 * Shows each step on a line. Of a failed one it says no more than that: listr would add the error to the step and to
 * each that it is part of, and whoever started the steps tells it as well.
 */
export class StepLogger extends ListrLogger<ListrLogLevels> {
  override log(level: ListrLogLevels, message: string | unknown[], options?: LoggerFieldOptions): void {
    super.log(level, message, level === ListrLogLevels.FAILED ? undefined : options);
  }
}
