/**
 * Errors of the Lambda service itself: the function was not run, or not by its own fault.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (Errors); the letter case of `message` and
 * `Message` is that of each exception in the service's own model.
 */
export class ServiceError extends Error {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, string>>;

  constructor(status: number, type: string, body: Readonly<Record<string, string>>) {
    super(body['message'] ?? body['Message'] ?? type);
    this.name = 'ServiceError';
    this.status = status;
    this.type = type;
    this.body = body;
  }
}

/** Which limit a throttled invocation ran into. */
export type ThrottleReason =
  'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded';

export function throttled(reason: ThrottleReason): ServiceError {
  return new ServiceError(429, 'TooManyRequestsException', {
    Reason: reason,
    Type: 'User',
    message: 'Rate Exceeded.',
  });
}

export function functionNotFound(reference: string): ServiceError {
  return new ServiceError(404, 'ResourceNotFoundException', {
    Type: 'User',
    Message: `Function not found: ${reference}`,
  });
}

export function unknownOperation(method: string, path: string): ServiceError {
  return new ServiceError(404, 'UnknownOperationException', {
    Type: 'User',
    Message:
      `This endpoint has no ${method} ${path}. It answers Invoke alone: ` +
      'POST /2015-03-31/functions/{FunctionName}/invocations.',
  });
}

export function requestTooLarge(limitBytes: number): ServiceError {
  return new ServiceError(413, 'RequestTooLargeException', {
    Type: 'User',
    message: `Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`,
  });
}

/** The payload itself stays out of the message. */
export function payloadNotJson(): ServiceError {
  return new ServiceError(400, 'InvalidRequestContentException', {
    Type: 'User',
    message:
      'Could not parse request body into json: Could not parse payload into json: the payload is not JSON in UTF-8.',
  });
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError(400, 'InvalidParameterValueException', { Type: 'User', message });
}

export function unsupportedRuntime(functionName: string, runtime: string): ServiceError {
  return new ServiceError(502, 'InvalidRuntimeException', {
    Type: 'User',
    Message:
      `Function ${functionName} has the runtime ${runtime}; only Node.js runtimes (nodejs20.x, nodejs22.x, ` +
      'nodejs24.x) run here. Invoke it through an endpoint that runs other runtimes.',
  });
}

export function serviceFault(message: string): ServiceError {
  return new ServiceError(500, 'ServiceException', { Type: 'Service', Message: message });
}
