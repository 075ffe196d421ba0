import { attributeShape, typeShape } from './literal-shapes.ts';

/** A text, or a list of texts for an attribute that is a list on AWS. */
export type Literal = string | readonly string[];

/** The literals of a resource that something real stands in for. */
export interface StandInValues {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a literal stands for. */
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
 * A literal for `Ref` or an attribute of a resource that is not there. It has the shape of the real value, since templates
 * take values apart with `Fn::Split` and `Fn::Select`; the same resource gets the same literal at each start.
 */
export function placeholderLiteral(subject: PlaceholderSubject, attribute?: string): Literal {
  const { name = subject.logicalId, ...rest } = subject;
  const named = { ...rest, name };
  const { ref, attributes = {} } = typeShape(subject.type);
  if (attribute === undefined) return ref(named);
  return (attributes[attribute] ?? attributeShape(attribute))(named);
}
