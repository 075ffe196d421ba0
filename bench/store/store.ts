/** Pieces by SKU; a SKU of the catalogue that is not listed is unlimited. */
export type Stock = Readonly<Record<string, number>>;

/** A store that speaks the API of DynamoDB. */
export interface Store {
  readonly endpoint: string;
  readonly setStock: (stock: Stock) => Promise<void>;
  /** Requests since the last time, by operation; undefined where the store does not count. */
  readonly takeCounts: () => Promise<Readonly<Record<string, number>> | undefined>;
  readonly stop: () => Promise<void>;
}
