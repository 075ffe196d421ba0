/** A product of the sample shop. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  /** In minor units of {@link CATALOGUE_CURRENCY}. */
  readonly unitPriceMinor: number;
  /** Pieces in stock in a fresh environment: enough for well over a thousand generated orders. */
  readonly initialStock: number;
}

export const CATALOGUE_CURRENCY = 'USD';

/** The products of the sample shop. */
export const CATALOGUE: readonly Product[] = [
  { sku: 'BEANS-ESPRESSO-1KG', name: 'Espresso beans, 1 kg', unitPriceMinor: 2_190, initialStock: 2_000 },
  { sku: 'BEANS-FILTER-500G', name: 'Filter beans, 500 g', unitPriceMinor: 1_350, initialStock: 2_000 },
  { sku: 'BEANS-DECAF-500G', name: 'Decaf beans, 500 g', unitPriceMinor: 1_490, initialStock: 1_500 },
  { sku: 'TEA-EARL-GREY', name: 'Earl Grey, 20 bags', unitPriceMinor: 495, initialStock: 2_500 },
  { sku: 'TEA-SENCHA', name: 'Sencha, 100 g', unitPriceMinor: 1_275, initialStock: 1_500 },
  { sku: 'FILTER-PAPER-100', name: 'Paper filters, 100 pieces', unitPriceMinor: 399, initialStock: 5_000 },
  { sku: 'MUG-STONEWARE', name: 'Stoneware mug', unitPriceMinor: 1_600, initialStock: 1_500 },
  { sku: 'POUR-OVER-CONE', name: 'Pour-over cone', unitPriceMinor: 2_450, initialStock: 1_500 },
  { sku: 'KETTLE-GOOSENECK', name: 'Gooseneck kettle', unitPriceMinor: 6_990, initialStock: 1_500 },
  { sku: 'GRINDER-HAND', name: 'Hand grinder', unitPriceMinor: 8_900, initialStock: 1_500 },
];
