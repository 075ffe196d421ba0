import { LOCAL_ACCOUNT } from '../assembly/local-account.ts';

/** The literals of a resource that something real stands in for. */
export interface StandInValues {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface PlaceholderSubject {
  readonly logicalId: string;
  /** Such as `AWS::EC2::Subnet`. */
  readonly type: string;
  readonly region: string;
}

/** A literal for `Ref` or an attribute of a resource that is not there: shaped as an ARN where an ARN is expected. */
export function placeholderLiteral(
  { logicalId, type, region }: PlaceholderSubject,
  attribute?: string,
): string {
  const [, service = 'local'] = type.toLowerCase().split('::');
  if (attribute?.endsWith('Arn') === true)
    return `arn:aws:${service}:${region}:${LOCAL_ACCOUNT}:placeholder/${logicalId}`;
  return ['placeholder', logicalId, attribute].filter((part) => part !== undefined).join('-');
}
