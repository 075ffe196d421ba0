import { RemovalPolicy } from 'aws-cdk-lib/core';

/**
 * The removal policy of everything that holds data, or that such a thing stands in: it stays when it is removed or
 * replaced, but a creation that fails takes it away again. Kept then, it would cost money without ever being used, and
 * a fixed name would stop the next try.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const keptOnceCreated = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
