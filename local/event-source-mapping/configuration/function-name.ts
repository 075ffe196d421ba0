/** The name of a function that may be given by ARN, with or without a qualifier. */
export function functionNameOf(reference: string): string {
  return reference.split(':')[6] ?? reference;
}
