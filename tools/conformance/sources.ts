/** Pages that the conformance rows come from, by name. */
export const sources = {
  'with-msk': 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html',
  'with-msk-configure': 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html',
  'kafka-filtering': 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html',
  'powertools-lambda-typescript#4988':
    'https://github.com/aws-powertools/powertools-lambda-typescript/issues/4988',
  'aws-lambda-dotnet#1476': 'https://github.com/aws/aws-lambda-dotnet/pull/1476',
  API_CreateEventSourceMapping:
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  'kafka-scaling-modes': 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
  'kafka-consumer-group-id': 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html',
  'msk-esm-parameters': 'https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html',
  'kafka-on-failure-destination':
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
  'event-source-mappings': 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  'with-kafka-low-latency': 'https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-low-latency.html',
  'apache-kafka-documentation': 'https://kafka.apache.org/documentation/',
  'kafka-starting-positions': 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html',
  'esm-logging': 'https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html',
  'event-filtering': 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  'kafka-retry-configurations':
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  'monitoring-metrics-types': 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  'with-kafka-troubleshoot': 'https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-troubleshoot.html',
  'kinesis-on-failure-destination':
    'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  'kinesis-batch-failure-reporting':
    'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  'kafka-on-failure': 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
  'consumer-lag': 'https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html',
  API_DeleteEventSourceMapping:
    'https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html',
} as const;
