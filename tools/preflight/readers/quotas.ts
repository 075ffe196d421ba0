import { paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import { mskQuotas } from '../../../lib/config/msk-quotas.ts';
import type { Call } from '../call.ts';
import type { QuotaFacts } from '../checks/quotas.ts';
import type { Clients } from '../clients.ts';
import { readClusters } from './clusters.ts';

type Quota = Pick<QuotaFacts, 'service' | 'code' | 'name' | 'value'>;

const VPCS = { service: 'vpc', code: 'L-F678F1CE', name: 'VPCs per Region' };
const ENDPOINTS = { service: 'vpc', code: 'L-29B6F2EB', name: 'Interface VPC endpoints per VPC' };
/** The guide names the quota and no code: https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
const BROKERS = { service: 'kafka', name: 'Number of brokers per account' };

/** Brokers of all clusters, and those that a stage adds. */
export async function readBrokers(clients: Clients, call: Call, added: number): Promise<QuotaFacts> {
  const [quota, clusters] = await Promise.all([readBrokerQuota(clients, call), readClusters(clients, call)]);
  return { ...quota, used: clusters.reduce((sum, { brokers }) => sum + brokers, 0), added };
}

/** Networks of the region, and those that a stage adds. */
export async function readVpcs(clients: Clients, call: Call, added: number): Promise<QuotaFacts> {
  const [quota, used] = await Promise.all([readQuota(clients, call, VPCS), countVpcs(clients, call)]);
  return { ...quota, used, added };
}

/** Interface endpoints of a network that is new, so it has none. */
export async function readEndpoints(clients: Clients, call: Call, added: number): Promise<QuotaFacts> {
  return { ...(await readQuota(clients, call, ENDPOINTS)), used: 0, added };
}

async function readQuota(
  { quotas }: Clients,
  call: Call,
  quota: { readonly service: string; readonly code: string; readonly name: string },
): Promise<Quota> {
  const { Quota: found } = await call('servicequotas:GetServiceQuota', (options) =>
    quotas.send(new GetServiceQuotaCommand({ ServiceCode: quota.service, QuotaCode: quota.code }), options),
  );
  return { ...quota, value: found?.Value ?? 0 };
}

/** What MSK documents, when Service Quotas does not list it. */
async function readBrokerQuota({ quotas }: Clients, call: Call): Promise<Quota> {
  return await call('servicequotas:ListServiceQuotas', async () => {
    for await (const { Quotas = [] } of paginateListServiceQuotas(
      { client: quotas },
      { ServiceCode: BROKERS.service },
    )) {
      const found = Quotas.find(({ QuotaName }) => QuotaName?.toLowerCase() === BROKERS.name.toLowerCase());
      if (found?.Value !== undefined) return { ...BROKERS, code: found.QuotaCode, value: found.Value };
    }
    return { ...BROKERS, code: undefined, value: mskQuotas.brokersInAccount };
  });
}

async function countVpcs({ ec2 }: Clients, call: Call): Promise<number> {
  return await call('ec2:DescribeVpcs', async () => {
    let count = 0;
    for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: ec2 }, {})) count += Vpcs.length;
    return count;
  });
}
