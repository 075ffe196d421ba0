/** The cause of a stop: a request, or a failure with its reason. */
export type StopCause = { readonly kind: 'asked' } | { readonly kind: 'broken'; readonly reason: string };
