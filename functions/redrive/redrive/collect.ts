import { contentBytes, digestOf, withoutContent, type Digest } from '../letters/digest.ts';
import { learn, type LetterKnowledge } from '../letters/knowledge.ts';
import { look } from '../letters/look.ts';
import type { ConsumerPort, OperationPorts } from '../ports.ts';

/** The memory limit for waiting records: ten thousand typical ones are about 10 MB. */
const MOST_CONTENT_BYTES = 96_000_000;

/** The messages of a queue as a run needs them. */
export interface Collected {
  readonly digests: readonly Digest[];
  readonly known: LetterKnowledge;
  readonly withOthers: number;
  /** Whether some records wait for the next look, because they did not fit into memory: the last ones of the order. */
  readonly isPartial: boolean;
}

/** Sees all messages and keeps the records that they hold, the first ones of the order where they are too many. */
export async function collect(ports: OperationPorts, consumer: ConsumerPort): Promise<Collected> {
  const { seen, withOthers } = await look(ports, consumer, {
    keep: (message) => digestOf(message, consumer.groupId),
  });
  const { digests, isPartial } = withinMemory(seen);
  return { digests, withOthers, isPartial, known: await learn(ports, consumer, digests) };
}

function withinMemory(seen: readonly Digest[]): {
  readonly digests: readonly Digest[];
  readonly isPartial: boolean;
} {
  const ordered = seen.toSorted(byPlace);
  let bytes = 0;
  let isPartial = false;
  const digests = ordered.map((digest) => {
    bytes += contentBytes(digest);
    if (bytes <= MOST_CONTENT_BYTES) return digest;
    isPartial = true;
    return withoutContent(digest);
  });
  return { digests, isPartial };
}

function byPlace(a: Digest, b: Digest): number {
  const [one, other] = [placeOf(a), placeOf(b)];
  return one.partition - other.partition || one.offset - other.offset;
}

function placeOf({ letter }: Digest): { readonly partition: number; readonly offset: number } {
  switch (letter.kind) {
    case 'parked':
      return letter.record;
    case 'pointer':
      return { partition: letter.ranges[0]?.partition ?? 0, offset: letter.ranges[0]?.first ?? 0 };
    case 'malformed':
      return { partition: 0, offset: 0 };
  }
}
