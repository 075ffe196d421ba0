import { at } from './json-access.ts';
import { resolveValue } from './values.ts';
import type { TemplateResource } from './template.ts';

/** What is known of one setting: that nothing is set, its value, or only that something is set. */
export type Fact<T> =
  { readonly kind: 'absent' } | { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown' };

export const ABSENT = { kind: 'absent' } as const;
export const UNKNOWN = { kind: 'unknown' } as const;

/** The value where it is known, else undefined. */
export const knownValue = <T>(fact: Fact<T>): T | undefined =>
  fact.kind === 'known' ? fact.value : undefined;

/** What is known of a property; `read` gives undefined for a value of another type, which CloudFormation reports by itself. */
export function factAt<T>(
  { properties, template }: TemplateResource,
  path: readonly string[],
  read: (value: unknown) => T | undefined,
): Fact<T> {
  const found = path.reduce<ReturnType<typeof resolveValue>>(
    (value, key) => (value.kind === 'known' ? resolveValue(at(value.value, key), template) : value),
    { kind: 'known', value: properties },
  );
  if (found.kind === 'absent') return ABSENT;
  const value = found.kind === 'known' ? read(found.value) : undefined;
  return value === undefined ? UNKNOWN : { kind: 'known', value };
}

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** CloudFormation takes numbers in quotes as well. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

export const asList = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;
