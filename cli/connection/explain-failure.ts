/** Where a command talks to, as error messages need it. */
export interface Place {
  readonly kind: 'local' | 'aws';
  /** For messages, such as `the local environment`. */
  readonly name: string;
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
const ENDPOINT_UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN']);

const EXPLANATIONS: readonly Explanation[] = [
  { fits: ({ name }) => BROKER_UNREACHABLE.has(name), text: brokerUnreachable },
  {
    fits: ({ name }) => name === 'KafkaJSSASLAuthenticationError',
    text: ({ message }, { name }) =>
      `The brokers of ${name} refuse these credentials (${message}). They need kafka-cluster:Connect and ` +
      'the permissions for topic and groups. Who you are: aws sts get-caller-identity',
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
    fits: ({ code }) => code !== undefined && ENDPOINT_UNREACHABLE.has(code),
    text: ({ code }, place) =>
      `Cannot reach the AWS endpoint of ${place.name} (${code}). ` +
      (place.kind === 'aws'
        ? 'Check the network and AWS_REGION.'
        : 'Is it still up? Start it with: npm start'),
  },
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

function brokerUnreachable({ message }: Error, { kind, name }: Place): string {
  return kind === 'aws'
    ? `Cannot reach the brokers of ${name} (${message}). MSK brokers can be reached from inside their VPC only: ` +
        'run this on a machine there, or through a VPN into it.'
    : `Cannot reach the broker of ${name} (${message}). Is it still up? Start it with: npm start`;
}

/** kafkajs says what went wrong inside an error about its retries. */
function rootOf(thrown: unknown): NodeJS.ErrnoException {
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  return thrown.name === 'KafkaJSNumberOfRetriesExceeded' && thrown.cause !== undefined
    ? rootOf(thrown.cause)
    : thrown;
}
