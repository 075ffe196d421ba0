import { RemovalPolicy } from 'aws-cdk-lib/core';

/**
 * The removal policy of every resource with data, and of every resource that contains one. It stays when it is
 * removed or replaced, but a failed creation deletes it again. Otherwise it would cost money without ever being used,
 * and a fixed name would block the next try.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const keptOnceCreated = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
