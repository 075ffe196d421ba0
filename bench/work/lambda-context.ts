const REGION = 'us-east-1';

/** What the handlers need to be told, and where the store is. Set before a handler is imported: it reads all once. */
export function setFunctionEnvironment(endpoint: string, tableName: string): void {
  Object.assign(process.env, functionEnvironment(endpoint, tableName));
}

/** The environment of any consumer. */
export function functionEnvironment(endpoint: string, tableName: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    CONSUMER_GROUP_ID: 'bench-group',
    TABLE_NAME: tableName,
    DLQ_URL: 'http://127.0.0.1:9/none',
    EFFECT_OBJECTIVE_SECONDS: '60',
    CURRENCY: 'USD',
    ITEM_TTL_DAYS: '30',
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_METRICS_NAMESPACE: 'bench',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    EMAIL_FROM: 'orders@example.com',
  };
}

/** Of an invocation that has all the time it needs. */
export const lambdaContext = {
  getRemainingTimeInMillis: () => 60_000,
  awsRequestId: 'bench',
  functionName: 'bench',
  functionVersion: '1',
  invokedFunctionArn: `arn:aws:lambda:${REGION}:000000000000:function:bench`,
  memoryLimitInMB: '512',
};
