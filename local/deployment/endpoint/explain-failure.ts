interface Explanation {
  readonly pattern: RegExp;
  /** `$1` and so on are the groups of the pattern. */
  readonly sentence: string;
}

/** The messages of the toolkit and the endpoint, with their explanations for the user. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /Parameters: \[([^\]]+)\] must have values/,
    sentence: 'The parameters $1 have no value: give each with --parameter <name>=<value>.',
  },
  {
    pattern: /No export named ['"]?([^\s'"]+?)['"]?(?: found|\.|$)/m,
    sentence: 'No stack exports $1: give its value with --export $1=<value>.',
  },
  {
    pattern: /(?:SSM parameter|ParameterNotFound\S*)[^\n]*?\s(\/\S+?)[\s'":,.]*(?:not found|does not exist)/,
    sentence: 'The SSM parameter $1 does not exist at the endpoint: give its value with --ssm $1=<value>.',
  },
  {
    pattern: /Unrecognized resource types: \[([^\]]+)\]/,
    sentence:
      'The endpoint cannot create $1: if the functions work without it, leave it out with --leave-out <type>.',
  },
  {
    pattern: /\b(ECONNREFUSED|ECONNRESET|socket hang up)\b/,
    sentence: 'The endpoint has stopped answering ($1): look into its log.',
  },
  {
    pattern:
      /Custom resource '?([\w-]+)'? timed out|Custom Resource failed|Received response status \[FAILED\]/i,
    sentence:
      "The provider of a custom resource failed; the reason is in the endpoint's log. If the functions work without the resource, leave it out with --leave-out <logical id>.",
  },
  {
    pattern:
      /ENOENT[^\n]*docker|Unable to execute 'docker'|docker: command not found|Cannot connect to the Docker daemon/,
    sentence:
      'The app needs a container image to be built, and Docker is not installed: leave out the resource with --leave-out <logical id>.',
  },
];

/** Explains a failed deployment, when the cause is known. The toolkit's own message always follows. */
export function explainFailure(output: string): string | undefined {
  for (const { pattern, sentence } of EXPLANATIONS) {
    const match = pattern.exec(output);
    if (match !== null)
      return sentence.replaceAll(/\$(\d)/g, (_whole, group: string) => match[Number(group)] ?? '');
  }
  return undefined;
}
