import type { FaultRule } from '../../../cli/drill/proxy/fault-rule.ts';
import { SERVICE_NAMES, type Service } from '../../../cli/drill/proxy/services.ts';
import type { Scenario } from './scenario.ts';

interface Outage {
  readonly name: string;
  readonly story: string;
  readonly rule: FaultRule | 'refuse';
}

const OUTAGES: readonly Outage[] = [
  { name: 'throttle', story: 'says that it is asked too often', rule: { kind: 'throttle', share: 1 } },
  { name: 'errors', story: 'answers 500 and 503', rule: { kind: 'error', share: 1 } },
  { name: 'reset', story: 'resets every connection', rule: { kind: 'reset', share: 1 } },
  {
    name: 'lost-answers',
    story: 'does its work and loses 35 % of its answers',
    rule: { kind: 'lostAnswer', share: 0.35 },
  },
  {
    name: 'some-errors',
    story: 'answers 30 % of its requests with 500 and 503',
    rule: { kind: 'error', share: 0.3 },
  },
  { name: 'silent', story: 'takes requests and answers none', rule: { kind: 'silence', share: 1 } },
  { name: 'refused', story: 'refuses connections', rule: 'refuse' },
];

const PLACES: readonly {
  readonly name: string;
  readonly title: string;
  readonly services: readonly Service[];
}[] = [
  { name: 'dynamodb', title: 'DynamoDB', services: ['dynamodb'] },
  { name: 'sqs', title: 'SQS', services: ['sqs'] },
  { name: 'ses', title: 'SES', services: ['ses'] },
  { name: 'sns', title: 'SNS', services: ['sns'] },
  { name: 'all', title: 'Every service', services: SERVICE_NAMES },
];

/** Every kind of outage of every service, and of all of them together. */
export const serviceScenarios: readonly Scenario[] = PLACES.flatMap(({ name, title, services }) =>
  OUTAGES.map((outage): Scenario => ({
    name: `${outage.name}-${name}`,
    story: `${title} ${outage.story}.`,
    disturb: async ({ proxy }, { faultMs, pause }) => {
      if (outage.rule === 'refuse') await proxy.refuse(services);
      else proxy.spoil(services, outage.rule);
      await pause(faultMs);
      await proxy.heal();
    },
  })),
);
