interface Explanation {
  readonly pattern: RegExp;
  /** `$1` and so on are the groups of the pattern. */
  readonly sentence: string;
}

/** What the toolkit or the endpoint says, and what it means for a person who runs an app here. */
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
    sentence: 'The SSM parameter $1 is not at the endpoint: give its value with --ssm $1=<value>.',
  },
  {
    pattern: /Unrecognized resource types: \[([^\]]+)\]/,
    sentence:
      'The endpoint cannot create $1: leave out what the functions can do without, with --leave-out <type>.',
  },
  {
    pattern: /\b(ECONNREFUSED|ECONNRESET|socket hang up)\b/,
    sentence: 'The endpoint does not answer any more ($1): look into its log.',
  },
  {
    pattern:
      /Custom resource '?([\w-]+)'? timed out|Custom Resource failed|Received response status \[FAILED\]/i,
    sentence:
      "The provider of a custom resource failed: leave the resource out with --leave-out <logical id> if the functions can do without it. Its reason is in the endpoint's log.",
  },
  {
    pattern:
      /ENOENT[^\n]*docker|Unable to execute 'docker'|docker: command not found|Cannot connect to the Docker daemon/,
    sentence:
      'A container image of the app is to be built, and Docker is not here: leave out what needs it with --leave-out <logical id>.',
  },
];

/** What a failed deployment means, where that is known; the toolkit's own words follow in any case. */
export function explainFailure(output: string): string | undefined {
  for (const { pattern, sentence } of EXPLANATIONS) {
    const match = pattern.exec(output);
    if (match !== null)
      return sentence.replaceAll(/\$(\d)/g, (_whole, group: string) => match[Number(group)] ?? '');
  }
  return undefined;
}
