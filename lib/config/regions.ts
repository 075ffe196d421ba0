/**
 * The regions that a stage may name: three zones for brokers, MSK with its topic API, Lambda with event pollers. The
 * judges check the templates for every one of them.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
export const regions: Readonly<Record<string, Region>> = {
  'ap-northeast-1': { zoneIds: 'apne1' },
  'ap-northeast-2': { zoneIds: 'apne2' },
  'ap-south-1': { zoneIds: 'aps1' },
  'ap-southeast-1': { zoneIds: 'apse1' },
  'ap-southeast-2': { zoneIds: 'apse2' },
  'ca-central-1': { zoneIds: 'cac1' },
  'eu-central-1': { zoneIds: 'euc1' },
  'eu-north-1': { zoneIds: 'eun1' },
  'eu-west-1': { zoneIds: 'euw1' },
  'eu-west-2': { zoneIds: 'euw2' },
  'eu-west-3': { zoneIds: 'euw3' },
  'sa-east-1': { zoneIds: 'sae1' },
  'us-east-1': { zoneIds: 'use1', withoutKafka: ['use1-az3'] },
  'us-east-2': { zoneIds: 'use2' },
  'us-west-2': { zoneIds: 'usw2' },
};

export interface Region {
  /** The prefix of its zone ids: `use1` of `use1-az1`. */
  readonly zoneIds: string;
  /**
   * The ids of zones that MSK puts no broker into.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html
   */
  readonly withoutKafka?: readonly string[];
}
