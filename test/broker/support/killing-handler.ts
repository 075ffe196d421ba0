/** Billing as it is deployed, but for one record that ends the process: as soon as its value is read as JSON. */
import { KILLER } from './killer.ts';

export { handler } from '../../../functions/billing/handler.ts';

const { parse } = JSON;

JSON.parse = (text, reviver): unknown => {
  if (text.includes(`"subject":"${KILLER}"`)) process.exit(1);
  return parse(text, reviver);
};
