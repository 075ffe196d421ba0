import { expect, test } from '@jest/globals';
import { keyPartitioner } from '@order-events/kafka-tools';

/** The hashes of Kafka's own test, without the sign: `testMurmur2` of `UtilsTest`. */
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('the partition of the key %s comes from the hash that Kafka itself calculates', (key, hash) => {
  const counts = [1, 6, 12, 1_000];

  const partitions = counts.map((count) => keyPartitioner(count)(key));

  expect(partitions).toEqual(counts.map((count) => (hash & 0x7f_ff_ff_ff) % count));
});

test('a key has the same partition as text and as bytes', () => {
  const partition = keyPartitioner(1_000);

  const [asText, asBytes] = [partition('café-7'), partition(Buffer.from('café-7'))];

  expect(asText).toBe(asBytes);
});
