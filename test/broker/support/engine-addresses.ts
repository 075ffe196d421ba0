/** Where the engines of the broker tests answer. */
export interface EngineAddresses {
  /** `host:port` */
  readonly broker: string;
  /** `http://host:port` */
  readonly aws: string;
}

/** Environment variables reach the processes in which Jest runs test files. */
const VARIABLES: Record<keyof EngineAddresses, string> = {
  broker: 'BROKER_TESTS_BOOTSTRAP_SERVERS',
  aws: 'BROKER_TESTS_AWS_ENDPOINT',
};

/** Tells the test files where the engines are. */
export function publishAddresses({ broker, aws }: EngineAddresses): void {
  process.env[VARIABLES.broker] = broker;
  process.env[VARIABLES.aws] = aws;
}

/** @throws {Error} outside the broker project, whose global setup starts the engines. */
export function engineAddresses(): EngineAddresses {
  return { broker: read(VARIABLES.broker), aws: read(VARIABLES.aws) };
}

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(
      `${name} is not set: run this test in the Jest project "broker", which starts the engines.`,
    );
  }
  return value;
}
