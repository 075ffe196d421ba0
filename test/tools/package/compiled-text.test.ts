import { expect, test } from '@jest/globals';
import { compiledText } from '../../../tools/package/compiled-text.ts';

test.each([
  ['kafka-tools/index.js', "import { a } from './kafka-tools/index.js';", 'main.js'],
  ['the same from a folder', "import { a } from '../../kafka-tools/index.js';", 'local/api/main.js'],
])('a module finds the Kafka package beside it: %s', (_story, packed, file) => {
  expect(compiledText(file, "import { a } from '@order-events/kafka-tools';")).toBe(packed);
});

test('a module finds a single file of the Kafka package', () => {
  const text = compiledText('local/main.js', "import { a } from '@order-events/kafka-tools/record-batches';");

  expect(text).toBe("import { a } from '../kafka-tools/record-batches.js';");
});

test('a declaration imports what was compiled', () => {
  const declaration = "import type { A } from './a.ts';\nexport type B = import('../b.ts').B;";

  expect(compiledText('local/api/c.d.ts', declaration)).toBe(
    "import type { A } from './a.js';\nexport type B = import('../b.js').B;",
  );
});

test('a module that starts a TypeScript file is refused, with the way out', () => {
  expect(() => compiledText('local/a.js', "fork(new URL('../b/c-process.ts', import.meta.url))")).toThrow(
    "local/a.js names '../b/c-process.ts', which is not in the package: find it by moduleBeside",
  );
});
