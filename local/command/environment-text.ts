import type { EnvironmentDescription } from '../environment/control/environment-description.ts';
import type { MappingReport } from '../environment/control/mapping-report.ts';

/** Where everything of a running environment is, a line each. */
export const addressLines = (environment: EnvironmentDescription): readonly string[] => [
  `Kafka broker    ${environment.bootstrapServers}`,
  `AWS endpoint    ${environment.awsEndpoint}   (region ${environment.region}, any credentials)`,
  `Lambda invoke   ${environment.lambdaEndpoint}`,
  `Logs            ${environment.logsDirectory}`,
];

/** What became of the wish to go on with the data of the last run. */
export const keptText = ({ data }: EnvironmentDescription): string => KEPT[data];

const KEPT: Readonly<Record<EnvironmentDescription['data'], string>> = {
  new: 'There is nothing to go on with: no run before this one left any data. It begins empty.',
  topics:
    'It goes on with the topics of the last run. The AWS emulator had saved nothing, so tables and queues begin empty.',
  kept: 'It goes on with what the last run left: topics, offsets, tables and queues.',
};

/** What a running environment is made of, whatever app it runs: addresses, mappings, outputs, and what differs from AWS. */
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
    ...section('Not as on AWS', environment.substitutions),
    '',
  ].join('\n');
}

const mappingLine = ({ topic, consumerGroupId, functionName, state }: MappingReport): string =>
  `topic ${topic}, group ${consumerGroupId} -> ${functionName} (${state})`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
