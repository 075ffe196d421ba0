import type { EnvironmentDescription } from '../environment/control/environment-description.ts';
import type { MappingReport } from '../environment/control/mapping-report.ts';

/** Lists the addresses of a running environment, one line each. */
export const addressLines = (environment: EnvironmentDescription): readonly string[] => [
  `Kafka broker    ${environment.bootstrapServers}`,
  `AWS endpoint    ${environment.awsEndpoint}   (region ${environment.region}, any credentials)`,
  `Lambda invoke   ${environment.lambdaEndpoint}`,
  `Logs            ${environment.logsDirectory}`,
];

/** Says whether the environment continues with the data of the last run. */
export const keptText = ({ data }: EnvironmentDescription): string => KEPT[data];

const KEPT: Readonly<Record<EnvironmentDescription['data'], string>> = {
  new: 'No earlier run left any data. The environment starts empty.',
  topics:
    'The environment continues with the topics of the last run. The AWS emulator had saved nothing, so tables and queues start empty.',
  kept: 'The environment continues with the data of the last run: topics, offsets, tables and queues.',
};

/** Describes a running environment of any app: addresses, mappings, outputs, and differences from AWS. */
export function environmentReport(
  environment: EnvironmentDescription,
  mappings: readonly MappingReport[],
): string {
  const outputs = Object.entries(environment.outputs).flatMap(([stack, ofStack]) =>
    Object.entries(ofStack).map(([name, value]) => `${stack}.${name} = ${value}`),
  );
  return [
    '',
    ...addressLines(environment),
    ...section('Event source mappings', mappings.map(mappingLine)),
    ...section('Outputs', outputs),
    ...section('Differences from AWS', environment.substitutions),
    '',
  ].join('\n');
}

const mappingLine = ({ topic, consumerGroupId, functionName, state }: MappingReport): string =>
  `topic ${topic}, group ${consumerGroupId} -> ${functionName} (${state})`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
