import type { Result } from '../../helpers/result.ts';

/**
 * A number with its text, because filters compare numbers by text: 300, 300.0 and 3.0e2 differ.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number {
    return Number(this.text);
  }
}

/** A JSON value without parts. */
export type JsonScalar = string | boolean | null | JsonNumber;

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Parsed JSON whose numbers keep their text. */
export type JsonValue = JsonScalar | readonly JsonValue[] | JsonObject;

/** Parses JSON and keeps the text of its numbers. */
export function parseJson(text: string): Result<JsonValue, 'notJson'> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse gives JSON, whose numbers the reviver wraps
    return { ok: true, value: JSON.parse(text, keepNumberText) as JsonValue };
  } catch {
    return { ok: false, error: 'notJson' };
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  );
}

/** @see https://tc39.es/proposal-json-parse-with-source/ (the reviver's third argument) */
function keepNumberText(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value;
}
