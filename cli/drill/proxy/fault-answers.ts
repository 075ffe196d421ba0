import type { Service } from './services.ts';

/** An answer that a service gives in place of doing its work. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_1_0 = { 'content-type': 'application/x-amz-json-1.0' };

/** The throttling answer of each service. */
const THROTTLES: Readonly<Record<Service, FaultAnswer>> = {
  dynamodb: {
    status: 400,
    headers: JSON_1_0,
    body: json('com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException'),
  },
  sqs: { status: 400, headers: JSON_1_0, body: json('com.amazonaws.sqs#RequestThrottled') },
  ses: {
    status: 429,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' },
    body: JSON.stringify({ message: 'fault' }),
  },
  sns: { status: 429, headers: { 'content-type': 'text/xml' }, body: xml('Throttled') },
};

export function throttleAnswer(service: Service): FaultAnswer {
  return THROTTLES[service];
}

/** @param status - 500 or 503. */
export function errorAnswer(service: Service, status: number): FaultAnswer {
  if (service === 'sns')
    return { status, headers: { 'content-type': 'text/xml' }, body: xml('InternalError') };
  return {
    status,
    headers: { ...JSON_1_0, 'x-amzn-errortype': 'InternalServerError' },
    body: json('InternalServerError'),
  };
}

function json(type: string): string {
  return JSON.stringify({ __type: type, message: 'fault' });
}

function xml(code: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>fault</Message></Error><RequestId>fault</RequestId></ErrorResponse>`;
}
