import type { Admin } from 'kafkajs';

export interface GroupMove {
  readonly groupId: string;
  readonly topic: string;
  /** The offset of the record to read next, by partition; other partitions stay where they are. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Lets a group go on somewhere else in a topic. @throws the client's error when the group has members. */
export async function moveGroup(admin: Admin, { groupId, topic, offsets }: GroupMove): Promise<void> {
  await admin.setOffsets({
    groupId,
    topic,
    partitions: [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) })),
  });
}
