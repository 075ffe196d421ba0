/** The result of one contestant in one round, by metric. */
export type Sample = Readonly<Record<string, number>>;

export interface Contestant {
  readonly name: string;
  /** Its place in a line chart; bars need none. */
  readonly at?: { readonly series: string; readonly x: number };
  /**
   * Does the work once and measures it. @param round - 0 and above; a negative round is a warm-up, whose sample is
   * discarded.
   */
  readonly measure: (round: number) => Promise<Sample>;
}

export interface Metric {
  /** As in a sample. */
  readonly name: string;
  readonly title: string;
  readonly digits: number;
}

/** A figure of one contestant divided by that of another one in the same round. */
export interface RatioSpec {
  readonly title: string;
  readonly metric: string;
  readonly of: string;
  readonly to: string;
  readonly goal?: Goal;
}

export interface Goal {
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

/** A figure of one contestant that has a goal of its own. */
export interface BoundSpec {
  readonly title: string;
  readonly metric: string;
  readonly of: string;
  readonly goal: Goal;
}

/** A picture of one metric by contestant, with its spread: bars, or lines over the contestants' places. */
export interface ChartSpec {
  readonly title: string;
  readonly metric: string;
  /** The axis of a line chart; absent: bars. */
  readonly lines?: { readonly x: string; readonly isLogarithmic?: boolean };
}

/** Contestants that take turns with the same work, round by round. */
export interface Contest {
  readonly title: string;
  /** A description of the work, in plain sentences. */
  readonly work: readonly string[];
  readonly metrics: readonly Metric[];
  readonly contestants: readonly Contestant[];
  readonly ratios: readonly RatioSpec[];
  readonly bounds: readonly BoundSpec[];
  readonly chart: ChartSpec;
  /** How often the contestants have their turn; absent: in each round, after a warm-up. */
  readonly turns?: Turns;
}

/**
 * `long` is for work of many seconds, which starts processes of its own: a quick run does it once, without a warm-up. `once` is
 * for contestants that continue each other's work, always.
 */
export type Turns = 'long' | 'once';

export interface Settings {
  readonly isQuick: boolean;
  readonly rounds: number;
}

/** Runs one contest and keeps its result. */
export type RunContest = (contest: Contest) => Promise<void>;

/** A bench: contests, created when it is their turn. `run` stops whatever it starts. */
export interface Bench {
  readonly name: string;
  /** The question that it answers. */
  readonly question: string;
  readonly run: (settings: Settings, contest: RunContest) => Promise<void>;
}
