import type { StageConfig } from './stage-config.ts';

export const prod: StageConfig = {
  stage: 'prod',
  account: '111122223333',
  region: 'us-east-1',
  zones: ['use1-az1', 'use1-az2', 'use1-az4'],
  terminationProtection: true,
  currency: 'USD',
  email: { from: 'orders@example.com', identity: 'example.com' },
  cluster: {
    kind: 'provisioned',
    kafkaVersion: '3.9.x.kraft',
    networkCidr: '10.50.0.0/20',
    brokersPerZone: 1,
    brokers: {
      type: 'standard',
      instanceType: 'kafka.m7g.large',
      storageGibibytes: 250,
      storageCeilingGibibytes: 2000,
    },
    monitoring: 'PER_TOPIC_PER_PARTITION',
  },
  pollers: { minimum: 2, maximum: 6 },
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
