/**
 * What AWS's runtime calls the faults that it finds itself; `name` becomes the `errorType` of the response.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client (4.0.2)
 */
export class RuntimeFault extends Error {
  constructor(name: `Runtime.${string}`, message: string) {
    super(message);
    this.name = name;
  }
}

export function malformedHandlerName(message: string): RuntimeFault {
  return new RuntimeFault('Runtime.MalformedHandlerName', message);
}

export function handlerNotFound(handler: string, state: string): RuntimeFault {
  return new RuntimeFault('Runtime.HandlerNotFound', `${handler} is ${state}`);
}

export function importModuleError(cause: Error): RuntimeFault {
  return new RuntimeFault('Runtime.ImportModuleError', String(cause));
}

/** Keeps the stack, which shows the place in the function's code. */
export function userCodeSyntaxError(cause: SyntaxError): RuntimeFault {
  const fault = new RuntimeFault('Runtime.UserCodeSyntaxError', String(cause));
  if (cause.stack !== undefined) fault.stack = cause.stack;
  return fault;
}

export function notSerializable(): RuntimeFault {
  return new RuntimeFault('Runtime.JSONStringifyError', 'Unable to stringify response body');
}

export function callbackNotSupported(): RuntimeFault {
  return new RuntimeFault(
    'Runtime.CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
      'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );
}
