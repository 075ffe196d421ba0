/** What commands and functions use of the doctor. */
export { diagnose, type Diagnosis } from './diagnose.ts';
export { diagnosisLine, diagnosisText } from './diagnosis-text.ts';
export type { Facts, KeyShares, Known, MappingFacts } from './facts.ts';
export { readKeyShares } from './key-shares.ts';
export { remember, sample, sampleOf, type Sample } from './sample.ts';
