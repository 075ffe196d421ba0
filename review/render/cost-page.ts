import { total } from '../cost/cost-line.ts';
import { prices } from '../cost/prices.ts';
import type { Price } from '../cost/prices.ts';
import type { StageCost } from '../cost/stage-cost.ts';
import { metricsPerSource, orderProfile, tableWrites } from '../cost/workload.ts';
import { plain } from './cost-section.ts';
import { dollars, table } from './markdown.ts';

/** Renders all stages side by side, the assumptions, and the unit prices with their sources. */
export function costPage(costs: Readonly<Record<string, StageCost>>): string {
  const stages = Object.entries(costs);
  const row = (what: string, amount: (cost: StageCost) => number): readonly string[] => [
    what,
    ...stages.map(([, cost]) => dollars(amount(cost))),
  ];
  return [
    '# What it costs',
    'All costs are in US dollars a month, at list prices in us-east-1, before tax and free tiers. `npm run review` ' +
      'calculates them from the templates. The review of each stage has every line with its formula: ' +
      `${stages.map(([name]) => `\`docs/review-${name}.md\``).join(', ')}.`,
    table(
      ['', ...stages.map(([name]) => name)],
      [
        [
          'orders a month',
          ...stages.map(([, { workload }]) => workload.ordersPerMonth.toLocaleString('en-US')),
        ],
        row('fixed', ({ fixed }) => total(fixed)),
        row('those orders', ({ variable }) => total(variable)),
        row('**infrastructure**', ({ monthly }) => monthly),
        row('budget', ({ workload }) => workload.budgetDollars),
        row('each million orders', ({ perMillion }) => total(perMillion)),
        row('messages for each million orders', ({ messagesPerMillion }) => total(messagesPerMillion)),
      ],
    ),
    'The command fails if the infrastructure costs more than the budget of its stage ' +
      '(`review/cost/workload.ts`). Messages to customers are counted ' +
      'separately, because their price belongs to the business and not to the pipeline.',
    '## Formula',
    [
      'infrastructure = fixed + orders',
      'fixed          = brokers × hours + broker storage + EPU × hours + endpoints × zones × hours',
      '                 + keys + metrics in alarms + metrics + dashboards',
      'orders         = consumers × orders / records in an invocation × (request + seconds × memory)',
      '                 + orders × write units + stored data × (storage + recovery) + logs',
    ]
      .map((line) => `    ${line}`)
      .join('\n'),
    'The brokers, the pollers and the endpoints make nearly all of the fixed cost. The three mappings share one ' +
      'poller group. With a poller group for each, every mapping would need its own event poller unit.',
    '## What is assumed',
    table(['assumption', 'value'], assumptions()),
    '## Unit prices',
    table(
      ['billed', 'price', 'per', 'basis'],
      Object.entries<Price>(prices).map(([billed, price]) => [
        billed,
        `$${plain(price.dollars)}`,
        price.per,
        price.basis,
      ]),
    ),
    '## What is left out',
    'The costs do not include data transfer between zones, requests to KMS, dead-letter queues and alarm messages (cents ' +
      'if few records fail), the storage of logs, flow logs and broker logs by volume, and the fees of mobile carriers.',
  ].join('\n\n');
}

function assumptions(): readonly (readonly string[])[] {
  return [
    ...Object.entries(orderProfile).map(([name, value]) => [words(name), String(value)]),
    ...[...tableWrites].map(([group, value]) => [`write units of ${group}`, String(value)]),
    ...Object.entries(metricsPerSource).map(([name, value]) => [`metrics: ${words(name)}`, String(value)]),
  ];
}

/** `monthsStored` as people write it. */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
