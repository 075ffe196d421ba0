import { readFileSync } from 'node:fs';
import { Ajv2020, type SchemaObject } from 'ajv/dist/2020.js';

/** An order.placed that matches its published schema. */
export interface PlacedWire {
  readonly id: string;
  readonly subject: string;
  readonly corrects?: string;
  readonly time: string;
  readonly data: {
    readonly customer?: { readonly email?: string; readonly phone?: string };
    readonly lines: readonly LineWire[];
    readonly currency: string;
    readonly total: number;
  };
}

export interface LineWire {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

/** An order.cancelled that matches its published schema. */
export type CancelledWire = Pick<PlacedWire, 'id' | 'subject' | 'corrects' | 'time'> & {
  readonly data: object;
};

/** The shortest order, which has no envelope. */
export interface ShortestWire {
  readonly order_id: string | number;
  readonly amount: number;
}

/** Ignores formats, because the patterns express the same rules. */
const ajv = new Ajv2020({ validateFormats: false, strict: false });

/** The published contract of producers and consumers: the only part of the product that the auditor uses. */
export const isPlaced: Contract<PlacedWire> = (value) => placed(value);
export const isCancelled: Contract<CancelledWire> = (value) => cancelled(value);
export const isShortest: Contract<ShortestWire> = (value) => shortest(value);

type Contract<T> = (value: unknown) => value is T;

const placed = ajv.compile<PlacedWire>(schema('order.placed'));
const cancelled = ajv.compile<CancelledWire>(schema('order.cancelled'));
const shortest = ajv.compile<ShortestWire>(schema('shortest-order'));

function schema(name: string): SchemaObject {
  const file = new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url);
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${file.pathname} contains no schema.`);
  return parsed;
}
