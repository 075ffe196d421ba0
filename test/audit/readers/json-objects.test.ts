import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonObjects } from '../../../audit/readers/json-objects.ts';
import { each } from '../world.ts';

async function objectsIn(chunks: readonly Buffer[], depth: number): Promise<readonly unknown[]> {
  const objects: unknown[] = [];
  for await (const text of jsonObjects(each(chunks), depth)) objects.push(JSON.parse(text));
  return objects;
}

test('the objects at a depth come out whole, wherever the text is cut', async () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));

  await fc.assert(
    fc.asyncProperty(objects, fc.integer({ min: 1, max: 40 }), async (expected, size) => {
      const bytes = Buffer.from(JSON.stringify({ messages: { account: expected }, more: [{}] }));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );

      const found = await objectsIn(chunks, 3);

      expect(found).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
  );
});

test('quotes and braces inside texts are only text', async () => {
  const objects = [{ text: '}"{\\' }, { '{"': ']' }];

  const found = await objectsIn([Buffer.from(JSON.stringify({ a: { b: objects } }))], 3);

  expect(found).toEqual(objects);
});
