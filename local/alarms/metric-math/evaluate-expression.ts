import { mathFunctions, required, single, type MathContext } from './functions.ts';
import { operate } from './operators.ts';
import type { Expression } from './parse-expression.ts';
import { mapPoints, type Value } from './value.ts';

export interface ExpressionContext extends MathContext {
  /** The value of a query by its id; undefined when no query has the id. */
  readonly valueOf: (id: string) => Value | undefined;
  /** The series of all metrics that are read, for `METRICS()`. */
  readonly metrics: () => readonly Value[];
}

/**
 * Calculates an expression of metric math over series that have the same periods.
 *
 * @throws {Error} that names an unknown id or a function that is not known here.
 */
export function evaluateExpression(expression: Expression, context: ExpressionContext): Value {
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value };
    case 'reference':
      return referred(expression.id, context);
    case 'negative':
      return mapPoints(evaluateExpression(expression.of, context), (point) => -point);
    case 'list':
      return listOf(expression.items.map((item) => evaluateExpression(item, context)));
    case 'operation':
      return operate(
        expression.operator,
        single(evaluateExpression(expression.left, context)),
        single(evaluateExpression(expression.right, context)),
      );
    case 'call':
      return call(expression.name, expression.given, context);
  }
}

function referred(id: string, { valueOf }: ExpressionContext): Value {
  const value = valueOf(id);
  if (value === undefined) throw new Error(`Metric math refers to ${id}, which is the id of no metric.`);
  return value;
}

function listOf(values: readonly Value[]): Value {
  return {
    kind: 'list',
    series: values.flatMap((value) => {
      if (value.kind === 'number') throw new Error('A list of metric math holds series, not numbers.');
      return value.kind === 'list' ? value.series : [value.points];
    }),
  };
}

function call(name: string, given: readonly Expression[], context: ExpressionContext): Value {
  if (name === 'METRICS') return listOf(context.metrics());
  const apply = mathFunctions[name];
  if (apply === undefined) {
    const known = ['METRICS', ...Object.keys(mathFunctions)].toSorted().join(', ');
    throw new Error(`The function ${name} of metric math is not known here. Known are ${known}.`);
  }
  const values = given.map((one) => evaluateExpression(one, context));
  required(values[0] ?? (name === 'PERIOD' ? { kind: 'number', value: 0 } : undefined));
  return apply(values, context);
}
