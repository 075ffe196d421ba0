import { readFileSync } from 'node:fs';
import { Ajv2020, type SchemaObject } from 'ajv/dist/2020.js';

/** An order.placed that fits its published schema. */
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

/** An order.cancelled that fits its published schema. */
export type CancelledWire = Pick<PlacedWire, 'id' | 'subject' | 'corrects' | 'time'> & {
  readonly data: object;
};

/** The shortest order, which has no envelope. */
export interface ShortestWire {
  readonly order_id: string | number;
  readonly amount: number;
}

/** The patterns say what the formats say. */
const ajv = new Ajv2020({ validateFormats: false, strict: false });

/** The contract of producers and consumers, as it is published: the only thing that the auditor takes from the product. */
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
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${file.pathname} holds no schema.`);
  return parsed;
}
