import { account, region } from './resolve-templates.ts';

/** One possible call of a role. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export const calls = (service: string, actions: readonly string[], resource: string): readonly Call[] =>
  actions.map((action) => ({ action: `${service}:${action}`, resource }));

/** The context of a service's call to a key on behalf of a caller. */
export const via = (service: string): Readonly<Record<string, string>> => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
});

const ec2 = (resource: string): string => `arn:aws:ec2:${region}:${account}:${resource}`;

export const anySubnet = ec2('subnet/subnet-0123456789abcdef0');
export const anySecurityGroup = ec2('security-group/sg-0123456789abcdef0');
export const anyInterface = ec2('network-interface/eni-0123456789abcdef0');
