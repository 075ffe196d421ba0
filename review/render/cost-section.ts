import { total } from '../cost/cost-line.ts';
import type { CostLine } from '../cost/cost-line.ts';
import type { StageCost } from '../cost/stage-cost.ts';
import { prices } from '../cost/prices.ts';
import { dollars, table } from './markdown.ts';

/** Renders the monthly cost of one stage, line by line, against its budget. */
export function costSection(cost: StageCost): string {
  const { ordersPerMonth, budgetDollars } = cost.workload;
  const orders = ordersPerMonth.toLocaleString('en-US');
  return [
    `With ${orders} orders a month the infrastructure costs **${dollars(cost.monthly)}**, ` +
      `of a budget of ${dollars(budgetDollars)}; messages to customers are not included. ` +
      '`docs/cost.md` lists the unit prices with their sources.',
    table(
      ['', 'a month'],
      [
        ['fixed', dollars(total(cost.fixed))],
        [`${orders} orders`, dollars(total(cost.variable))],
        ['**infrastructure**', `**${dollars(cost.monthly)}**`],
        ['messages to customers', dollars(total(cost.messages))],
      ],
    ),
    '#### Fixed, before the first order',
    billTable(cost.fixed),
    '#### For each million orders',
    billTable(cost.perMillion),
    '#### Messages to customers, for each million orders',
    billTable(cost.messagesPerMillion),
  ].join('\n\n');
}

function billTable(lines: readonly CostLine[]): string {
  const rows = lines.map(({ what, formula, billed, dollars: amount }) => [
    what,
    `${formula} × $${plain(prices[billed].dollars)}`,
    dollars(amount),
  ]);
  return table(['what', 'formula', 'a month'], [...rows, ['**total**', '', `**${dollars(total(lines))}**`]]);
}

/** A price as it is listed, without an exponent. */
export function plain(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: 10 });
}
