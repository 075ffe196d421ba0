const BITS_OF_HIGH = 0x1f_ff_ff;

/**
 * Computes a 53-bit number for a text, so that a million of them fit into eight megabytes. Two different texts have
 * the same number with a probability of 1 in 2^53. It is never 0, which stands for "no text".
 * @see https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js (public domain)
 */
export function fingerprint(text: string): number {
  let low = 0xde_ad_be_ef;
  let high = 0x41_c6_ce_57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 2_654_435_761);
    high = Math.imul(high ^ unit, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return 4_294_967_296 * (BITS_OF_HIGH & high) + (low >>> 0) || 1;
}
