/** Returns the name of a function from its name or ARN, with or without a qualifier. */
export function functionNameOf(reference: string): string {
  return reference.split(':')[6] ?? reference;
}
