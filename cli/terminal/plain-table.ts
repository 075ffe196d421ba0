import Table from 'cli-table3';

export interface PlainTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Columns, counted from 0, that hold figures. */
  readonly alignRight?: readonly number[];
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: ' ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

/** A table of columns without lines and colours; as wide as its longest cells. */
export function plainTable({ head, rows, alignRight = [] }: PlainTable): string {
  const table = new Table({
    head: [...head],
    chars: NO_LINES,
    colAligns: head.map((_, column) => (alignRight.includes(column) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 1 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
