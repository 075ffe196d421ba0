import { at, listAt } from '../../lib/guards/json-access.ts';
import { reader } from '../stage/readable.ts';
import { ofType } from '../stage/stage.ts';
import type { Resource, Stage } from '../stage/stage.ts';

/** Lists the sources outside of the stage's own networks and groups that a security group or an ingress rule admits. */
export function networkSources(resource: Resource, stage: Stage): readonly string[] {
  const rules =
    resource.type === 'AWS::EC2::SecurityGroup'
      ? listAt(resource.properties, 'SecurityGroupIngress')
      : [resource.properties];
  return rules.flatMap((rule) => sourcesOf(rule, resource, stage));
}

function sourcesOf(rule: unknown, resource: Resource, stage: Stage): readonly string[] {
  const read = reader(stage);
  const values = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupOwnerId'].flatMap((key) => {
    const value = at(rule, key);
    return value === undefined ? [] : [read(value, resource)];
  });
  return values.filter((value) => !ownRanges(stage).includes(value));
}

function ownRanges(stage: Stage): readonly string[] {
  const read = reader(stage);
  const networks = ofType(stage, 'AWS::EC2::VPC');
  return [
    '{AccountId}',
    ...networks.flatMap((network) => [
      read(at(network.properties, 'CidrBlock'), network),
      `${network.name}.CidrBlock`,
    ]),
  ];
}
