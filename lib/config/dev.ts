import type { StageConfig } from './stage-config.ts';

export const dev: StageConfig = {
  stage: 'dev',
  account: undefined,
  region: 'us-east-1',
  zones: ['use1-az1', 'use1-az2', 'use1-az4'],
  terminationProtection: false,
  currency: 'USD',
  email: { from: 'orders@example.com', identity: 'example.com' },
  cluster: {
    kind: 'provisioned',
    kafkaVersion: '3.9.x.kraft',
    networkCidr: '10.40.0.0/20',
    brokersPerZone: 1,
    brokers: {
      type: 'standard',
      instanceType: 'kafka.m7g.large',
      storageGibibytes: 50,
      storageCeilingGibibytes: 200,
    },
    monitoring: 'PER_TOPIC_PER_BROKER',
  },
  pollers: { minimum: 1, maximum: 3 },
  reservedConcurrency: 'none',
  applicationLogLevel: 'INFO',
  logRetentionDays: 365,
  responseTimeHours: 72,
  alarms: {
    timeLagSeconds: 120,
    parkedRecords: 10,
    retentionUsedPercent: 50,
    objective: { share: 0.999, withinSeconds: 60, fewestLate: 10 },
    subscribers: [],
  },
};
