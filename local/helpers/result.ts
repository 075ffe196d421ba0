/** The result of a step that may reject its input: a value, or the reasons why there is none. */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };
