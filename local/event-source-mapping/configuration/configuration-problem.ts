/** One thing Lambda would refuse about a mapping. */
export interface ConfigurationProblem {
  /** Path of the property, such as `ProvisionedPollerConfig.MinimumPollers`. */
  readonly property: string;
  /** The value given, what is allowed, and what to do. */
  readonly message: string;
}

/** A value as a message shows it. Configuration only; record content never gets here. */
export function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
