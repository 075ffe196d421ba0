/** Why an environment stops: somebody asked it to, or it cannot go on, with the reason for a person. */
export type StopCause = { readonly kind: 'asked' } | { readonly kind: 'broken'; readonly reason: string };
