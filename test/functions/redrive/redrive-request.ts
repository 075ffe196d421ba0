import type { RedriveRequest } from '../../../functions/redrive/operations/redrive.ts';

/** Ann asks for every letter of billing. */
export const everything: RedriveRequest = {
  operation: 'redrive',
  consumer: 'billing',
  by: 'ann',
  words: 'everything',
  selection: {},
  force: false,
  pastHeld: false,
};
