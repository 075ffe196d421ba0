import { writeFileSync } from 'node:fs';
import { orderPlacedSchema } from '../../functions/kernel/order-event-schema.ts';
import { acceptanceCode } from './acceptance-code.ts';

export const ORDER_PLACED_ACCEPTANCE = new URL(
  '../../functions/kernel/accepts-order-placed.ts',
  import.meta.url,
);

const HEAD = `// oxlint-disable
// Made from order-event-schema.ts by \`npm run schemas\`, not by hand: see docs/adr/0027-a-check-derived-from-the-schema.md.
`;

/** Builds the expected text of the check of a placed order. */
export function orderPlacedAcceptance(): string {
  return (
    HEAD +
    acceptanceCode(orderPlacedSchema, {
      name: 'acceptsOrderPlaced',
      type: 'OrderPlacedWire',
      typeFrom: 'order-event-schema.ts',
      refinementsFrom: 'order-lines.ts',
    })
  );
}

if (import.meta.main) writeFileSync(ORDER_PLACED_ACCEPTANCE, orderPlacedAcceptance());
