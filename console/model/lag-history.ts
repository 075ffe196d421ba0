import type { CellView, GroupView, History, Overview } from './views.ts';

/** 15 minutes of one sample a second. */
const MOST_SAMPLES = 900;

interface Point {
  readonly at: number;
  /** The sum of all ends; absent when one of them is not known. */
  readonly end: number | undefined;
  readonly groups: ReadonlyMap<string, GroupPoint>;
}

interface GroupPoint {
  readonly lag: number | undefined;
  /** The sum of all committed offsets; absent when one of them is not known. */
  readonly committed: number | undefined;
}

/** Keeps lag and throughput of the last minutes. What a sample does not know is a gap, never a zero. */
export class LagHistory {
  readonly #points: Point[] = [];

  take(overview: Overview): void {
    this.#points.push(overview.problem === undefined ? pointOf(overview) : gap(overview.at));
    if (this.#points.length > MOST_SAMPLES) this.#points.shift();
  }

  /** Lists the samples after a moment, in columns. @param after - epoch milliseconds. */
  since(after: number): History {
    const first = this.#points.findIndex(({ at }) => at > after);
    const points = first === -1 ? [] : this.#points.slice(first);
    const before = first > 0 ? this.#points[first - 1] : undefined;
    const chain = before === undefined ? points : [before, ...points];
    const rates = (total: (point: Point) => number | undefined): (number | null)[] =>
      points.map((point, index) => rate(chain[index + chain.length - points.length - 1], point, total));
    const groupIds = new Set(points.flatMap(({ groups }) => [...groups.keys()]));
    return {
      times: points.map(({ at }) => at),
      produced: rates(({ end }) => end),
      groups: [...groupIds].map((groupId) => ({
        groupId,
        lag: points.map(({ groups }) => groups.get(groupId)?.lag ?? null),
        throughput: rates(({ groups }) => groups.get(groupId)?.committed),
      })),
    };
  }
}

const gap = (at: number): Point => ({ at, end: undefined, groups: new Map() });

function pointOf({ at, groups }: Overview): Point {
  return {
    at,
    end: endOf(groups),
    groups: new Map(
      groups.map(({ groupId, lag, cells }) => [
        groupId,
        {
          lag,
          committed: sum(cells, ({ committed, start, status }) =>
            status === 'unknown' ? undefined : (committed ?? start),
          ),
        },
      ]),
    ),
  };
}

/** The ends of the topic as the first group shows them of which all are known. */
function endOf(groups: readonly GroupView[]): number | undefined {
  for (const { cells } of groups) {
    const end = sum(cells, (cell) => (cell.status === 'unknown' ? undefined : cell.end));
    if (end !== undefined) return end;
  }
  return undefined;
}

function sum(cells: readonly CellView[], value: (cell: CellView) => number | undefined): number | undefined {
  let total = 0;
  for (const cell of cells) {
    const one = value(cell);
    if (one === undefined) return undefined;
    total += one;
  }
  return total;
}

/** What was added by second between two samples; an offset that went back, as after a reset, is no throughput. */
function rate(
  before: Point | undefined,
  point: Point,
  total: (point: Point) => number | undefined,
): number | null {
  if (before === undefined) return null;
  const [from, to] = [total(before), total(point)];
  const seconds = (point.at - before.at) / 1_000;
  if (from === undefined || to === undefined || to < from || seconds <= 0) return null;
  return (to - from) / seconds;
}
