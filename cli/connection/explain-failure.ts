/** The addresses that a command uses, for error messages. */
export interface Place {
  readonly kind: 'local' | 'aws';
  /** For messages, such as `the local environment`. */
  readonly name: string;
  /** The addresses of the running local environment; absent on AWS. */
  readonly running?: RunningParts;
}

/** The explanation for a running environment whose broker or endpoint does not answer. */
export interface RunningParts {
  readonly bootstrapServers: string;
  readonly awsEndpoint: string;
  readonly isEndpointAdopted: boolean;
  readonly logsDirectory: string;
}

/** One kind of failure: the errors that belong to it, and what to tell a person about them. */
interface Explanation {
  readonly fits: (error: NodeJS.ErrnoException) => boolean;
  readonly text: (error: NodeJS.ErrnoException, place: Place) => string;
}

const BROKER_UNREACHABLE = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSBrokerNotFound',
  'KafkaJSRequestTimeoutError',
]);
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);
/** The errors of SQS and DynamoDB for a missing queue and a missing table. */
const NOT_DEPLOYED = new Set([
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'ResourceNotFoundException',
]);
const ENDPOINT_UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN']);

const EXPLANATIONS: readonly Explanation[] = [
  { fits: ({ name }) => BROKER_UNREACHABLE.has(name), text: brokerUnreachable },
  {
    fits: ({ name }) => name === 'KafkaJSSASLAuthenticationError',
    text: ({ message }, { name }) =>
      `The brokers of ${name} refuse these credentials (${message}). They need kafka-cluster:Connect and ` +
      'the permissions for topic and groups. aws sts get-caller-identity shows who you are.',
  },
  {
    fits: ({ name }) => NO_CREDENTIALS.has(name),
    text: () => 'No AWS credentials found. Log in (aws sso login) or set AWS_PROFILE, and try again.',
  },
  {
    fits: ({ message }) => message === 'Region is missing',
    text: () => 'No AWS region is set. Set AWS_REGION, or a region in the profile, and try again.',
  },
  {
    fits: ({ code, name }) =>
      name === 'TimeoutError' || (code !== undefined && ENDPOINT_UNREACHABLE.has(code)),
    text: endpointUnreachable,
  },
  { fits: ({ name }) => NOT_DEPLOYED.has(name), text: notDeployed },
];

/**
 * An error of a client library as one line for a person, with what to do; any other error comes back as it is.
 * Total: whatever was thrown, there is an answer.
 */
export function explainFailure(thrown: unknown, place: Place): Error {
  const error = rootOf(thrown);
  const explanation = EXPLANATIONS.find(({ fits }) => fits(error));
  return explanation === undefined ? error : new Error(explanation.text(error, place), { cause: thrown });
}

const START_AGAIN = 'stop it (npm run orders -- down) and start it again (npm start)';

function brokerUnreachable({ message }: Error, { kind, name, running }: Place): string {
  if (kind === 'aws') {
    return (
      `Cannot reach the brokers of ${name} (${message}). MSK brokers can be reached from inside their VPC only: ` +
      'run this on a machine there, or through a VPN into it.'
    );
  }
  if (running === undefined) {
    return `Cannot reach the broker of ${name} (${message}). Is it still up? Start it with: npm start`;
  }
  return (
    `The broker of ${name}, ${running.bootstrapServers}, does not answer (${message}). The environment runs, so its ` +
    `broker is frozen or too busy: look into ${running.logsDirectory}/kafka.log, or ${START_AGAIN}.`
  );
}

function endpointUnreachable(error: NodeJS.ErrnoException, { kind, name, running }: Place): string {
  const reason = error.code ?? 'it takes too long';
  if (kind === 'aws')
    return `Cannot reach the AWS endpoint of ${name} (${reason}). Check the network and AWS_REGION.`;
  if (running === undefined) {
    return `Cannot reach the AWS endpoint of ${name} (${reason}). Is it still up? Start it with: npm start`;
  }
  const { awsEndpoint, isEndpointAdopted, logsDirectory } = running;
  return (
    `The AWS endpoint of ${name}, ${awsEndpoint}, does not answer (${reason}). ` +
    (isEndpointAdopted
      ? 'The environment continues when the endpoint answers again. The endpoint is your own (--aws-endpoint), so look ' +
        'where you started it. If it restarts empty, the environment says so and stops.'
      : `The environment runs, so its emulator is frozen or too busy: look into ${logsDirectory}/ministack.log, or ` +
        `${START_AGAIN}.`)
  );
}

function notDeployed({ message }: Error, { name, running }: Place): string {
  return running === undefined
    ? `A queue or a table of ${name} does not exist (${message}). Deploy it again.`
    : `A queue or a table is missing at the AWS endpoint of ${name}, ${running.awsEndpoint} (${message}). Somebody deleted ` +
        'it, or the endpoint restarted empty: then the environment says so within seconds and stops.';
}

/** kafkajs says what went wrong inside an error about its retries. */
function rootOf(thrown: unknown): NodeJS.ErrnoException {
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  return thrown.name === 'KafkaJSNumberOfRetriesExceeded' && thrown.cause !== undefined
    ? rootOf(thrown.cause)
    : thrown;
}
