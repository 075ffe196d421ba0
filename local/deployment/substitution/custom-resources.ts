import { assetIn, type Asset } from '../assembly/assets.ts';
import type { EndpointKind } from './endpoint-kind.ts';
import { referencedIds } from './references.ts';
import type { StackTemplate } from './plan-substitutions.ts';
import type { SubstitutionRule } from './substitution-table.ts';
import type { JsonObject, Template, TemplateResource } from '../assembly/template.ts';

/** The packages that are available to a custom resource's provider. */
export interface ProviderSurroundings {
  readonly kind: EndpointKind;
  readonly assets: readonly Asset[];
  /** Names of packages, such as `@aws-sdk/client-sqs`. */
  readonly sdkPackages: ReadonlySet<string>;
  /** Lists the SDK client packages that the code in a folder names. */
  readonly clientsNamedIn: (folder: string) => Promise<ReadonlySet<string>>;
}

type Fate = Pick<SubstitutionRule, 'action' | 'reason'>;

/** The CDK's own custom resource types whose providers cannot run as processes. */
const NEEDS_LAYER: ReadonlyMap<string, string> = new Map([
  [
    'Custom::CDKBucketDeployment',
    'its provider calls the AWS CLI of a layer under /opt, and a process has no /opt',
  ],
]);

/** The properties in which AwsCustomResource stores its calls, as JSON text. */
const SDK_CALLS = ['Create', 'Update', 'Delete'];

/**
 * Finds the custom resources whose providers cannot run at MiniStack, which runs functions as processes of this
 * machine. A provider that does not run never answers, and CloudFormation would wait an hour for it.
 */
export async function customResourcesThatCannotRun(
  { template }: Pick<StackTemplate, 'template'>,
  surroundings: ProviderSurroundings,
): Promise<ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Fate>();
  if (surroundings.kind !== 'ministack') return fates;
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (!isCustomResource(resource)) continue;
    const reason = NEEDS_LAYER.get(resource.Type) ?? (await missingClient(resource, template, surroundings));
    if (reason !== undefined) fates.set(logicalId, { action: 'placeholder', reason });
  }
  return fates;
}

/** A custom resource makes the endpoint run code of the app while it deploys. */
export const isCustomResource = ({ Type: type }: TemplateResource): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

async function missingClient(
  { Properties: properties }: TemplateResource,
  template: Template,
  { assets, sdkPackages, clientsNamedIn }: ProviderSurroundings,
): Promise<string | undefined> {
  const service = servicesCalled(properties).find((name) => !matchesClient(name, sdkPackages));
  if (service !== undefined)
    return `it calls ${service}, and the AWS SDK package of that name is not installed for the app`;
  const code = providerCode(properties, template);
  const asset = code === undefined ? undefined : assetIn(code, assets);
  if (asset === undefined || asset.packaging !== 'zip') return undefined;
  const missing = [...(await clientsNamedIn(asset.path))].find((name) => !sdkPackages.has(name));
  return missing && `its provider needs ${missing}: install that package beside the app to run it`;
}

function providerCode(
  { ServiceToken: token }: JsonObject,
  template: Template,
): JsonObject[string] | undefined {
  if (token === undefined) return undefined;
  const [provider = ''] = referencedIds(token);
  const { Type: type, Properties: properties } = template.Resources[provider] ?? {};
  const { Runtime: runtime, Code: code } = properties ?? {};
  const isNode = typeof runtime === 'string' && runtime.startsWith('nodejs');
  return type === 'AWS::Lambda::Function' && isNode ? code : undefined;
}

/** Lists the services that AwsCustomResource calls. A call may contain intrinsic functions around literal text. */
const servicesCalled = (properties: JsonObject): readonly string[] =>
  SDK_CALLS.flatMap((call) => {
    const [, service] =
      /"service":"([^"]+)"/.exec(JSON.stringify(properties[call] ?? '').replaceAll('\\', '')) ?? [];
    return service ?? [];
  });

/**
 * Returns whether a client of the SDK serves a service, whose name may be written as in either version of the SDK:
 * `CloudWatchLogs`, `cloudwatch-logs`, `@aws-sdk/client-cloudwatch-logs`.
 */
function matchesClient(service: string, sdkPackages: ReadonlySet<string>): boolean {
  const wanted = squashed(service);
  return [...sdkPackages].some((name) => squashed(name) === wanted);
}

const squashed = (name: string): string =>
  name
    .replace(/^@aws-sdk\//, '')
    .replace(/^client-/, '')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
