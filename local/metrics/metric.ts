/** One value of a CloudWatch metric. */
export interface Metric {
  readonly namespace: 'AWS/Lambda' | 'AWS/Kafka' | 'KafkaRetention';
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: 'Count' | 'Bytes' | 'Seconds';
  readonly value: number;
}
