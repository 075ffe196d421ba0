import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { jsonSchemas, SCHEMA_FOLDER } from '../../../tools/schemas/json-schemas.ts';

test('the JSON Schemas under docs/schemas are those of the code (docs/schemas/README.md tells how to rewrite them)', () => {
  const files = readdirSync(SCHEMA_FOLDER).filter((file) => file.endsWith('.json'));

  const published = files.map((file) => ({ file, text: readFileSync(new URL(file, SCHEMA_FOLDER), 'utf8') }));

  expect(published).toEqual(jsonSchemas().toSorted((a, b) => a.file.localeCompare(b.file)));
});
