import * as z from 'zod';

/** Where everything of a running environment is; the same on IPC, in the environment file and from the control API. */
export const environmentDescription = z.object({
  /** What the environment is called by those who use it, such as the stage that it runs. */
  name: z.string(),
  region: z.string(),
  /** Kafka bootstrap servers, comma-joined. */
  bootstrapServers: z.string(),
  awsEndpoint: z.url(),
  /** Where SES version 2 answers: the AWS endpoint, or a translation in front of one that has version 1 alone. */
  emailEndpoint: z.url(),
  /** Whether the AWS endpoint was there before the environment, and stays when it ends. */
  isEndpointAdopted: z.boolean(),
  /** What the environment began with: nothing, topics and offsets of an earlier run, or all the data of it. */
  data: z.enum(['new', 'topics', 'kept']),
  /** Lambda's Invoke API in front of the local execution environments. */
  lambdaEndpoint: z.url(),
  controlEndpoint: z.url(),
  /** Sent as a bearer token to the control API; new for each run. */
  controlToken: z.string(),
  logsDirectory: z.string(),
  /** Outputs by stack name, as deployed. */
  outputs: z.record(z.string(), z.record(z.string(), z.string())),
  /** What was done to the resources that the endpoint cannot hold, a line each. */
  substitutions: z.array(z.string()),
});

export type EnvironmentDescription = z.infer<typeof environmentDescription>;

/** What there is of an environment when its app is deployed and nothing polls yet. */
export type DeployedEnvironment = Omit<
  EnvironmentDescription,
  'lambdaEndpoint' | 'controlEndpoint' | 'controlToken' | 'substitutions'
>;
