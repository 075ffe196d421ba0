import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ID_PATTERN, SKU_PATTERN } from '../../../functions/kernel/order-event-limits.ts';
import { notificationSortKey, orderKey, skuKey } from '../../../functions/kernel/table-keys.ts';

test('keys are those of the table layout', () => {
  const keys = [orderKey('1000'), skuKey('mug'), notificationSortKey('order.placed', 'sms')];

  expect(keys).toEqual(['ORDER#1000', 'SKU#mug', 'order.placed#sms']);
});

test('no id and no sku brings a separator into a key', () => {
  const ids = fc.oneof(fc.stringMatching(ID_PATTERN), fc.stringMatching(SKU_PATTERN));

  fc.assert(
    fc.property(ids, (id) => {
      expect(id).not.toMatch(/[#/\s\p{Cc}]/u);
    }),
  );
});
