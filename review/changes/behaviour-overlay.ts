import type { UpdateBehaviour } from './update-behaviour.ts';

/** What is known of a type beside its specification. */
export interface Overlay extends Partial<UpdateBehaviour> {
  /** Properties that the specification names as a whole, by the one part of them whose change replaces the resource. */
  readonly narrowed?: Readonly<Record<string, string>>;
}

/**
 * What the specification of the AWS CDK does not know, or knows less exactly than the template reference. What holds data is our own
 * judgement where it does not say.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
export const OVERLAY: Readonly<Record<string, Overlay>> = {
  'AWS::EC2::SecurityGroup': { nameProperty: 'GroupName' },
  // The schema registry of a mapping changes in place.
  'AWS::Lambda::EventSourceMapping': {
    narrowed: {
      AmazonManagedKafkaEventSourceConfig: 'AmazonManagedKafkaEventSourceConfig.ConsumerGroupId',
      SelfManagedKafkaEventSourceConfig: 'SelfManagedKafkaEventSourceConfig.ConsumerGroupId',
    },
  },
  'AWS::MSK::Cluster': { holdsData: true },
  'AWS::MSK::Topic': { holdsData: true },
  // A custom resource says itself whether it is another one, by the id that it answers with.
  'Custom::VpcRestrictDefaultSG': { replacedBy: ['ServiceToken'] },
};
