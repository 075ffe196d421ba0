/** A list price in us-east-1, in US dollars before tax and without any free tier. */
export interface Price {
  readonly dollars: number;
  readonly per: string;
  readonly basis: PriceBasis;
}

/** The source of a price. `not verified`: from memory or derived; check it before you rely on it. */
export type PriceBasis =
  'AWS documentation' | 'AWS price list, 2026-09' | `third party, ${string}` | 'not verified';

/** Unit prices by what is billed. Brokers have the name of their instance type. */
export const prices = {
  'kafka.m5.large': { dollars: 0.21, per: 'broker-hour', basis: 'third party, undated' },
  'kafka.m7g.large': { dollars: 0.204, per: 'broker-hour', basis: 'not verified' },
  'express.m7g.large': { dollars: 0.408, per: 'broker-hour', basis: 'not verified' },
  brokerStorage: { dollars: 0.1, per: 'GB-month', basis: 'third party, undated' },
  // https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
  eventPollerUnit: { dollars: 0.185, per: 'EPU-hour', basis: 'AWS documentation' },
  lambdaRequest: { dollars: 0.2e-6, per: 'request', basis: 'AWS price list, 2026-09' },
  lambdaArmGigabyteSecond: { dollars: 0.0000133334, per: 'GB-second', basis: 'AWS price list, 2026-09' },
  lambdaX86GigabyteSecond: { dollars: 0.0000166667, per: 'GB-second', basis: 'AWS price list, 2026-09' },
  tableWrite: { dollars: 0.625e-6, per: 'write unit', basis: 'third party, 2025-07' },
  tableStorage: { dollars: 0.25, per: 'GB-month', basis: 'not verified' },
  tableRecovery: { dollars: 0.2, per: 'GB-month', basis: 'not verified' },
  interfaceEndpoint: { dollars: 0.01, per: 'zone-hour', basis: 'third party, 2026' },
  natGateway: { dollars: 0.045, per: 'hour', basis: 'third party, 2026' },
  key: { dollars: 1, per: 'key-month', basis: 'not verified' },
  alarmMetric: { dollars: 0.1, per: 'metric-month', basis: 'not verified' },
  compositeAlarm: { dollars: 0.5, per: 'alarm-month', basis: 'third party, 2026' },
  metric: { dollars: 0.3, per: 'metric-month', basis: 'third party, 2026' },
  dashboard: { dollars: 3, per: 'dashboard-month', basis: 'not verified' },
  logs: { dollars: 0.5, per: 'GB', basis: 'third party, 2026' },
  email: { dollars: 0.1e-3, per: 'e-mail', basis: 'not verified' },
  sms: { dollars: 0.006, per: 'SMS, plus the fee of the carrier', basis: 'not verified' },
} as const satisfies Readonly<Record<string, Price>>;

export type Billed = keyof typeof prices;

export function isPriced(name: string): name is Billed {
  return Object.hasOwn(prices, name);
}
