/** One reason for which Lambda would reject a mapping. */
export interface ConfigurationProblem {
  /** Path of the property, such as `ProvisionedPollerConfig.MinimumPollers`. */
  readonly property: string;
  /** The given value, the allowed values, and what to do. */
  readonly message: string;
}

/** Formats a value for a message. For configuration only, never for record content. */
export function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
