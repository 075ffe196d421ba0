import { joinFromOutside } from '../../console/experiments/outside-consumer.ts';

/** A record that an intruder took. */
export interface Taken {
  readonly partition: number;
  readonly offset: number;
}

/** A client that somebody runs with a group id which is not theirs: it reads, commits, and does nothing. */
export interface Intruder {
  /** Records that it took since it joined. */
  readonly taken: readonly Taken[];
  leave(): Promise<void>;
}

export interface Intrusion {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly topic: string;
}

/** Joins a group, and commits what it takes. */
export async function intrude(intrusion: Intrusion): Promise<Intruder> {
  const taken: Taken[] = [];
  const leave = await joinFromOutside({
    ...intrusion,
    clientId: 'a-stranger',
    commits: true,
    onRecord: (partition, offset) => {
      taken.push({ partition, offset });
    },
  });
  return { taken, leave };
}
