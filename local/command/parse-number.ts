import { InvalidArgumentError } from '@commander-js/extra-typings';

export interface NumberRange {
  readonly least: number;
  readonly most: number;
}

/** Reads a flag or argument that is a whole number, written in plain digits. */
export function wholeNumber({ least, most }: NumberRange): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** Reads a flag or argument that may have decimals. */
export function decimalNumber({ least, most }: NumberRange): (text: string) => number {
  return (text) => {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
  };
}
