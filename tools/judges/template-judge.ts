import { listAt, textAt } from '../../lib/guards/json-access.ts';
import type { Canary, Finding, Judge } from './judge.ts';

/** One planted fault for each rule pack, by the rule that must find it. */
const plantedFaults: readonly Pick<Canary, 'fault' | 'rule'>[] = [
  { fault: 'a queue that takes requests without TLS', rule: 'AwsSolutions::AwsSolutions-SQS4' },
  {
    fault: 'a log group that keeps its logs for ever',
    rule: 'NIST.800.53.R5::NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod',
  },
  { fault: 'a log group without a key', rule: 'PCI.DSS.321::PCI.DSS.321-CloudWatchLogGroupEncrypted' },
  { fault: 'a function with an old runtime', rule: 'Serverless::Serverless-LambdaLatestVersion' },
  { fault: 'a queue without encryption', rule: 'cdk-validator-cfnguard::sqs_queue_encrypted_check' },
  { fault: 'an alarm without action', rule: 'cdk-validator-cfnguard::cloudwatch_alarm_action_check' },
  { fault: 'a mapping that starts at the end of its topic', rule: 'kafka-guards::starting-position' },
  { fault: 'a topic without partitions', rule: 'CloudFormation Validate::F3034' },
  { fault: 'a warning of a construct', rule: 'Construct Annotations::Annotation::canary:warning' },
];

/**
 * Judges with everything that `cdk synth` can run: cdk-nag, CloudFormation Guard, the Kafka guards and the CDK's own
 * rules.
 */
export function templateJudge(ours: Promise<readonly unknown[]>, canary: Promise<unknown>): Judge {
  return {
    name: 'templates',
    examine: async () => (await ours).flatMap(violationsIn),
    canaries: plantedFaults.map(({ fault, rule }) => ({
      fault,
      rule,
      examine: async () => violationsIn(await canary),
    })),
  };
}

/** Reads the violations from a validation report of the CDK. */
export function violationsIn(report: unknown): readonly Finding[] {
  return listAt(report, 'pluginReports').flatMap((plugin) =>
    listAt(plugin, 'violations').flatMap((violation) =>
      listAt(violation, 'violatingConstructs').map((construct) => ({
        rule: `${textAt(plugin, 'pluginName')}::${textAt(violation, 'ruleName')}`,
        where: textAt(construct, 'constructPath') ?? 'unknown construct',
        problem: textAt(violation, 'description') ?? '',
        fix:
          textAt(violation, 'fix') ??
          'Set the property that the rule asks for, or acknowledge the rule beside the construct with a reason.',
      })),
    ),
  );
}
