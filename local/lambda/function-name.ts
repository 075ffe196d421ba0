/** What a caller asked for: the function and, when given, its version or alias. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
}

const FUNCTION_REFERENCE =
  /^(?:arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:)?(?:\d{12}:)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/**
 * Reads a function name, ARN or partial ARN (`123456789012:function:name`), each with or without a qualifier.
 * Gives undefined for anything else.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (FunctionName)
 */
export function parseFunctionReference(text: string): FunctionReference | undefined {
  const groups = FUNCTION_REFERENCE.exec(text)?.groups;
  const name = groups?.['name'];
  if (name === undefined) return undefined;
  const qualifier = groups?.['qualifier'];
  return qualifier === undefined ? { name } : { name, qualifier };
}
