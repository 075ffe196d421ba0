import { at } from './json-access.ts';
import { resolveValue } from './values.ts';
import type { TemplateResource } from './template.ts';

/** The knowledge about one setting: that it is absent, its value, or only that it is set. */
export type Fact<T> =
  { readonly kind: 'absent' } | { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown' };

export const ABSENT = { kind: 'absent' } as const;
export const UNKNOWN = { kind: 'unknown' } as const;

/** Returns the value if it is known, otherwise undefined. */
export const knownValue = <T>(fact: Fact<T>): T | undefined =>
  fact.kind === 'known' ? fact.value : undefined;

/**
 * Reads the knowledge about a property. `read` returns undefined for a value of another type, which CloudFormation
 * itself rejects.
 */
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

/** Reads a number. CloudFormation also accepts numbers in quotes. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

export const asList = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;
