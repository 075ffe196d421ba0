import { InvalidArgumentError } from '@commander-js/extra-typings';

export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Reads a flag or argument that is a whole number, written in plain digits. */
export function wholeNumber({ minimum, maximum }: NumberRange): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(`Give a whole number from ${minimum} to ${maximum}.`);
  };
}

/** Reads a flag or argument that may have decimals. */
export function decimalNumber({ minimum, maximum }: NumberRange): (text: string) => number {
  return (text) => {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(`Give a number from ${minimum} to ${maximum}.`);
  };
}
