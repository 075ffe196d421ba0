/** The result of one contestant in one round, by metric. */
export type Sample = Readonly<Record<string, number>>;

export interface Contestant {
  readonly name: string;
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

/** A picture: the median of one metric by contestant, with its spread. */
export interface ChartSpec {
  readonly title: string;
  readonly metric: string;
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
  /** Fewer rounds than requested, for long ones; at least five unless it is a quick run. */
  readonly rounds?: number;
}

export interface Settings {
  readonly isQuick: boolean;
  readonly rounds: number;
}

/** A bench: contests, created when it is their turn. `end` stops what a contest has started. */
export interface Bench {
  readonly name: string;
  /** The question that it answers. */
  readonly question: string;
  readonly run: (settings: Settings, contest: (contest: Contest) => Promise<void>) => Promise<void>;
}
