import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dev } from '../../lib/config/dev.ts';
import { prod } from '../../lib/config/prod.ts';
import {
  intrinsicOf,
  isList,
  isObject,
  parseTemplate,
  type Json,
  type Template,
} from '../../local/deployment/assembly/template.ts';
import { placeholderLiteral } from '../../local/deployment/substitution/literals.ts';
import { planSubstitutions } from '../../local/deployment/substitution/plan-substitutions.ts';
import { SUBSTITUTION_TABLE } from '../../local/deployment/substitution/substitution-table.ts';
import { synthesize } from './synthesize.ts';

/** What varies between apps: where they are, and what they call a resource. */
interface World {
  readonly region: string;
  readonly name: string;
}

type Stacks = ReadonlyMap<string, Template>;

/** An intrinsic function that takes a value apart or puts it into a text, and the stack that it is in. */
interface Use {
  readonly stack: string;
  readonly value: Json;
}

const USES = new Set(['Fn::Select', 'Fn::Sub', 'Fn::Join']);

function usesIn(stack: string, value: Json): readonly Use[] {
  const inside = isList(value) || isObject(value) ? Object.values(value) : [];
  const found = inside.flatMap((child: Json) => usesIn(stack, child));
  return USES.has(intrinsicOf(value)?.name ?? '') ? [{ stack, value }, ...found] : found;
}

/** Plays CloudFormation with placeholders for all that LocalStack does not hold; what it holds is some text. */
function evaluate({ stack, value }: Use, stacks: Stacks, world: World): Json {
  const evaluated = (inner: Json): Json => evaluate({ stack, value: inner }, stacks, world);
  const intrinsic = intrinsicOf(value);
  if (intrinsic === undefined) return isList(value) ? value.map(evaluated) : value;
  const { name, argument } = intrinsic;
  const parts = isList(argument) ? argument : [];
  const [first = '', second = ''] = parts;
  if (name === 'Fn::Split') return textOf(evaluated(second)).split(textOf(first));
  if (name === 'Fn::Select') return picked(Number(first), evaluated(second));
  if (name === 'Fn::Join') return listOf(evaluated(second)).map(textOf).join(textOf(first));
  if (name === 'Fn::ImportValue') return imported(evaluated(argument), stacks, world);
  if (name === 'Ref') return literalOf({ stack, id: textOf(argument) }, stacks, world);
  if (name === 'Fn::GetAtt')
    return literalOf({ stack, id: textOf(first), attribute: textOf(second) }, stacks, world);
  return 'some-text';
}

function picked(index: number, list: Json): Json {
  const item = listOf(list)[index];
  if (item === undefined || item === '') throw new Error(`no item ${index} in ${JSON.stringify(list)}`);
  return item;
}

function textOf(value: Json): string {
  if (typeof value !== 'string') throw new Error(`${JSON.stringify(value)} is no text`);
  return value;
}

function listOf(value: Json): readonly Json[] {
  if (!isList(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value;
}

function imported(exportName: Json, stacks: Stacks, world: World): Json {
  for (const [stack, { Outputs = {} }] of stacks) {
    for (const { Value: value = null, Export } of Object.values(Outputs)) {
      if (isObject(Export) && Export['Name'] === exportName) return evaluate({ stack, value }, stacks, world);
    }
  }
  throw new Error(`nothing exports ${JSON.stringify(exportName)}`);
}

interface Reference {
  readonly stack: string;
  readonly id: string;
  readonly attribute?: string;
}

function literalOf({ stack, id, attribute }: Reference, stacks: Stacks, { region, name }: World): Json {
  const template = stacks.get(stack);
  const planned = template
    ? planSubstitutions({ stackName: stack, template }, { table: SUBSTITUTION_TABLE, endpoint: 'localstack' })
    : [];
  const type = planned.find(({ logicalId }) => logicalId === id)?.type;
  return type === undefined
    ? 'some-text'
    : placeholderLiteral({ stackName: stack, logicalId: id, type, region, name }, attribute);
}

const worlds = fc.record({
  region: fc.constantFrom('us-east-1', 'eu-central-1', 'ap-southeast-4', 'us-gov-west-1'),
  // https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html
  name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/),
});

describe.each([dev, prod])('the literals in the templates of $stage', (config) => {
  const stacks: Stacks = new Map(
    Object.entries(synthesize(config)).map(([name, { template }]) => [
      `order-events-${config.stage}-${name}`,
      parseTemplate(JSON.stringify(template)),
    ]),
  );
  const uses = [...stacks].flatMap(([stack, { Resources, Outputs = {} }]) =>
    [...Object.values(Resources).map(({ Properties }) => Properties), ...Object.values(Outputs)].flatMap(
      (value) => usesIn(stack, value),
    ),
  );

  test('can be taken apart by every Fn::Select of an Fn::Split, whatever the region and the names', () => {
    const selects = uses.filter(({ value }) => intrinsicOf(value)?.name === 'Fn::Select');

    fc.assert(
      fc.property(worlds, (world) => {
        for (const use of selects) expect(evaluate(use, stacks, world)).toEqual(expect.any(String));
      }),
      { numRuns: 25 },
    );
    expect(selects.length).toBeGreaterThan(0);
  });

  test('make whole ARNs of groups where templates put them together', () => {
    const groups = uses.filter(({ value }) => /"\/[a-z]+-group"/.test(JSON.stringify(value)));

    const arns = groups.map((use) => evaluate(use, stacks, { region: 'eu-central-1', name: 'shop' }));

    const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-1';
    expect(arns).toEqual(
      groups.map(() =>
        expect.stringMatching(
          new RegExp(`^arn:aws:kafka:eu-central-1:0{12}:group/shop/${uuid}/[a-z]+-group$`),
        ),
      ),
    );
    expect(groups.length).toBeGreaterThanOrEqual(3);
  });
});
