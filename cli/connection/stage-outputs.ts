import { byConsumer, type ByConsumer } from '../../lib/topology/by-consumer.ts';
import { consumerOutputs } from '../../lib/topology/consumer-outputs.ts';

/** CloudFormation outputs by stack name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The deployed names that commands work with. */
export interface StageOutputs {
  readonly clusterArn: string;
  readonly topicName: string;
  /** The prefix of the stage's alarm names. */
  readonly namePrefix: string;
  readonly producerFunctionName: string;
  readonly redriveFunctionName: string;
  /** The table of redrive. */
  readonly operationsTableName: string;
  readonly functionNames: ByConsumer<string>;
  /** Of the functions that say what a consumer would do. */
  readonly rehearsalNames: ByConsumer<string>;
  readonly tableNames: ByConsumer<string>;
  readonly deadLetterQueueUrls: ByConsumer<string>;
}

type StackNames = Readonly<Record<'streaming' | 'operations' | 'consumers', string>>;

export function stackNames(stage: string): StackNames {
  const prefix = namePrefix(stage);
  return {
    streaming: `${prefix}-streaming`,
    operations: `${prefix}-operations`,
    consumers: `${prefix}-consumers`,
  };
}

const namePrefix = (stage: string): string => `order-events-${stage}`;

/** @throws {Error} naming the stack and the output that is missing. */
export function stageOutputs(stage: string, outputs: StackOutputs): StageOutputs {
  const { streaming, operations, consumers } = stackNames(stage);
  const streamingOutput = outputsOf(streaming, outputs);
  const consumersOutput = outputsOf(consumers, outputs);
  return {
    clusterArn: streamingOutput('ClusterArn'),
    topicName: streamingOutput('TopicName'),
    namePrefix: namePrefix(stage),
    producerFunctionName: outputsOf(operations, outputs)('ProducerFunctionName'),
    redriveFunctionName: consumersOutput('RedriveFunctionName'),
    operationsTableName: consumersOutput('OperationsTableName'),
    functionNames: byConsumer(({ name }) => consumersOutput(consumerOutputs(name).functionName)),
    rehearsalNames: byConsumer(({ name }) => consumersOutput(consumerOutputs(name).rehearsalName)),
    tableNames: byConsumer(({ name }) => consumersOutput(consumerOutputs(name).tableName)),
    deadLetterQueueUrls: byConsumer(({ name }) => consumersOutput(consumerOutputs(name).deadLetterQueueUrl)),
  };
}

function outputsOf(stack: string, outputs: StackOutputs): (output: string) => string {
  return (output) => {
    const value = outputs[stack]?.[output];
    if (value === undefined) {
      throw new Error(
        `The stack ${stack} has no output ${output}: another version of it is deployed. Deploy this version.`,
      );
    }
    return value;
  };
}
