import type { JsonScalar } from './json-value.ts';

/** A comparison of a bound of `numeric`. */
export type NumericOperator = '<' | '<=' | '=' | '>' | '>=';

/** One entry of a leaf's list; the list matches when one entry does. */
export type Matcher =
  | { readonly kind: 'equals'; readonly value: JsonScalar }
  | { readonly kind: 'equalsIgnoreCase'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'suffix'; readonly text: string }
  | { readonly kind: 'anythingBut'; readonly values: readonly JsonScalar[] }
  | {
      readonly kind: 'numeric';
      readonly bounds: readonly { readonly operator: NumericOperator; readonly value: number }[];
    }
  | { readonly kind: 'exists'; readonly exists: boolean };

/** The conditions for an object: all fields, and one alternative of `$or` if it has one. */
export interface PatternNode {
  readonly fields: readonly { readonly name: string; readonly pattern: PatternNode | readonly Matcher[] }[];
  readonly alternatives: readonly PatternNode[] | null;
}

/** A filter on a record's value: on its text, or on its JSON. */
export type FilterPattern =
  | { readonly kind: 'text'; readonly matchers: readonly Matcher[] }
  | { readonly kind: 'json'; readonly node: PatternNode };
