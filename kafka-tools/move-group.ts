import type { Admin } from 'kafkajs';

export interface GroupMove {
  readonly groupId: string;
  readonly topic: string;
  /** The next offset to read, by partition; other partitions keep theirs. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Sets the offsets of a group in a topic. @throws the client's error when the group has members. */
export async function moveGroup(admin: Admin, { groupId, topic, offsets }: GroupMove): Promise<void> {
  await admin.setOffsets({
    groupId,
    topic,
    partitions: [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) })),
  });
}
