/** What an experiment did, and what there is to see of it. */
export interface ExperimentResult {
  readonly done: string;
  readonly watch: string;
  /** The key of a record that it sent, to be looked for. */
  readonly key?: string;
}

/** A running experiment. */
export interface RunningExperiment {
  readonly id: string;
  readonly what: string;
  readonly progress: string;
  /** When it ends by itself, in epoch milliseconds. */
  readonly until?: number;
  /** Whether it can be ended. */
  readonly canStop?: boolean;
}
