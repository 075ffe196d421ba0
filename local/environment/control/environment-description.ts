import * as z from 'zod';

/**
 * The addresses and folders of a running environment. IPC, the environment file and the control API use the same
 * form.
 */
export const environmentDescription = z.object({
  /** The name of the environment for its users, such as the stage that it runs. */
  name: z.string(),
  region: z.string(),
  /** Kafka bootstrap servers, comma-joined. */
  bootstrapServers: z.string(),
  awsEndpoint: z.url(),
  /** The URL of SES version 2: the AWS endpoint, or a translation in front of one that has only version 1. */
  emailEndpoint: z.url(),
  /** True when the AWS endpoint was running before the environment, and keeps running after it. */
  isEndpointAdopted: z.boolean(),
  /** The data that the environment started with: none, topics and offsets of an earlier run, or all data of that run. */
  data: z.enum(['new', 'topics', 'kept']),
  /** URL of Lambda's Invoke API for the local execution environments. */
  lambdaEndpoint: z.url(),
  controlEndpoint: z.url(),
  /** Sent as a bearer token to the control API; new for each run. */
  controlToken: z.string(),
  logsDirectory: z.string(),
  /** Outputs by stack name, as deployed. */
  outputs: z.record(z.string(), z.record(z.string(), z.string())),
  /** The substitutions of resources that the endpoint does not support, one line each. */
  substitutions: z.array(z.string()),
});

export type EnvironmentDescription = z.infer<typeof environmentDescription>;

/** The part of a description that exists when the app is deployed and nothing polls yet. */
export type DeployedEnvironment = Omit<
  EnvironmentDescription,
  'lambdaEndpoint' | 'controlEndpoint' | 'controlToken' | 'substitutions'
>;
