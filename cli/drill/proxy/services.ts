/** The services that the functions call, with the name under which the SDK knows the endpoint of each. */
export const SERVICES = { dynamodb: 'DYNAMODB', sqs: 'SQS', ses: 'SESV2', sns: 'SNS' } as const;

export type Service = keyof typeof SERVICES;

export const SERVICE_NAMES: readonly Service[] = ['dynamodb', 'sqs', 'ses', 'sns'];
