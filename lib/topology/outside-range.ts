/** The smallest and the largest allowed value. */
export interface WholeNumbers {
  readonly minimum: number;
  readonly maximum: number;
}

/** Checks a whole number against its range. @returns no problem, or one that names the field, the value and the range. */
export function outside(field: string, value: number, { minimum, maximum }: WholeNumbers): readonly string[] {
  return Number.isInteger(value) && value >= minimum && value <= maximum
    ? []
    : [`${field} is ${value}; allowed is a whole number from ${minimum} to ${maximum}.`];
}
