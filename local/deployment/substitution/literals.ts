import { attributeShape, typeShape } from './literal-shapes.ts';

/** A text, or a list of texts for an attribute that is a list on AWS. */
export type Literal = string | readonly string[];

/** The literals of a resource that has a real stand-in. */
export interface StandInValues {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The resource or attribute that a literal stands for. */
export interface PlaceholderSubject {
  readonly stackName: string;
  readonly logicalId: string;
  /** Such as `AWS::EC2::Subnet`. */
  readonly type: string;
  readonly region: string;
  /** The name that the template gives the resource; its logical id when absent. */
  readonly name?: string | undefined;
}

/**
 * Returns a literal for `Ref` or an attribute of a resource that does not exist. It has the shape of the real value,
 * because templates take values apart with `Fn::Split` and `Fn::Select`. The same resource gets the same literal at
 * each start.
 */
export function placeholderLiteral(subject: PlaceholderSubject, attribute?: string): Literal {
  const { name = subject.logicalId, ...rest } = subject;
  const named = { ...rest, name };
  const { ref, attributes = {} } = typeShape(subject.type);
  if (attribute === undefined) return ref(named);
  return (attributes[attribute] ?? attributeShape(attribute))(named);
}
