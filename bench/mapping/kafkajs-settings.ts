import type { MappingShape } from './mapping-under-test.ts';

/** Plain kafkajs consumers. */
export interface KafkaJsSettings {
  readonly members: number;
  /** `eachBatch` calls the function with what one partition had, `eachMessage` with one record. */
  readonly mode: 'eachBatch' | 'eachMessage';
}

/** What the process of the consumers is given. */
export interface KafkaJsProcessSettings extends KafkaJsSettings {
  readonly bootstrapServers: string;
  readonly topic: string;
  readonly fromBeginning: boolean;
  readonly groupId: string;
  readonly handler: MappingShape['handler'];
}
