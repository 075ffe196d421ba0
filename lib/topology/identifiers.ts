declare const brand: unique symbol;

type Identifier<Name extends string> = string & { readonly [brand]: Name };

/** A Kafka topic name that Lambda accepts. */
export type TopicName = Identifier<'TopicName'>;

/** A consumer group id that Lambda accepts and for which Amazon MSK publishes lag metrics. */
export type ConsumerGroupId = Identifier<'ConsumerGroupId'>;

/**
 * A topic name of 1 to 249 letters, digits, dots, underscores and hyphens, not starting with a dot.
 *
 * @throws RangeError for any other text.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export function topicName(text: string): TopicName {
  if (!isTopicName(text)) {
    throw refused(text, 'topic name', '1 to 249 letters, digits, ".", "_" or "-", not starting with "."');
  }
  return text;
}

function isTopicName(text: string): text is TopicName {
  return /^[A-Za-z0-9\-_][A-Za-z0-9\-_.]{0,248}$/.test(text);
}

/**
 * A consumer group id of 1 to 200 characters.
 *
 * Lambda also allows `:`, but MSK then publishes no lag metrics for the group, so it is refused here.
 *
 * @throws RangeError for any other text.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html
 */
export function consumerGroupId(text: string): ConsumerGroupId {
  if (!isConsumerGroupId(text)) {
    throw refused(text, 'consumer group id', '1 to 200 letters, digits or any of - / * _ + = . @');
  }
  return text;
}

function isConsumerGroupId(text: string): text is ConsumerGroupId {
  return /^[A-Za-z0-9\-/*_+=.@]{1,200}$/.test(text);
}

function refused(text: string, kind: string, allowed: string): RangeError {
  return new RangeError(`"${text}" is not a ${kind}. Allowed: ${allowed}.`);
}
