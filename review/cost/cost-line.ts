import { prices } from './prices.ts';
import type { Billed } from './prices.ts';

/** One line of a bill. */
export interface CostLine {
  readonly what: string;
  /** The formula of the quantity, in words and figures. */
  readonly formula: string;
  readonly quantity: number;
  readonly billed: Billed;
  readonly dollars: number;
}

export const HOURS_PER_MONTH = 730;

export function costLine(line: Omit<CostLine, 'dollars'>): CostLine {
  return { ...line, dollars: line.quantity * prices[line.billed].dollars };
}

export function total(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}
