import { setTimeout as delay } from 'node:timers/promises';
import type { Drill } from '../drill.ts';
import type { FaultKind } from '../proxy/fault-rule.ts';
import { SERVICE_NAMES, type Service } from '../proxy/services.ts';
import type { Rehearsal } from '../rehearsal.ts';

/** What happens to a service, as a person would say it. */
const OUTAGES = {
  throttle: 'throttle requests',
  error: 'answer 500 and 503',
  slow: 'answer late',
  lostAnswer: 'lose their answers after doing the work',
  refuse: 'refuse connections',
} as const satisfies Readonly<Record<Exclude<FaultKind, 'reset' | 'silence'> | 'refuse', string>>;

type Outage = keyof typeof OUTAGES;

const SHARES: Readonly<Record<Exclude<Outage, 'refuse'>, number>> = {
  throttle: 1,
  error: 1,
  slow: 1,
  lostAnswer: 0.35,
};

interface OutageChoice {
  readonly services: readonly Service[];
  readonly outages: readonly Outage[];
}

export const EVERY_OUTAGE: OutageChoice = {
  services: SERVICE_NAMES,
  outages: ['throttle', 'error', 'slow', 'lostAnswer', 'refuse'],
};

/** Services that fail in each way, one after the other, while orders come in. */
export function outageDrill({ services, outages }: OutageChoice): Drill {
  return {
    name: 'outage',
    story: `${services.join(', ')} fail in ${outages.length} ways, one after the other, while orders come in.`,
    run: async (rehearsal) => {
      for (const outage of outages) {
        await rehearsal.step(`${services.join(', ')} ${OUTAGES[outage]}`, () =>
          suffer(rehearsal, services, outage),
        );
      }
    },
  };
}

async function suffer(rehearsal: Rehearsal, services: readonly Service[], outage: Outage): Promise<void> {
  const { proxy } = rehearsal.world;
  const { faultMs } = rehearsal.options;
  const before = proxy.injected;
  try {
    if (outage === 'refuse') await proxy.refuse(services);
    else proxy.spoil(services, { kind: outage, share: SHARES[outage] });
    await Promise.all([rehearsal.sendOrders(faultMs / 2), delay(faultMs)]);
    await rehearsal.mustCome(`A request with the fault ${outage}`, () => proxy.injected > before);
  } finally {
    await proxy.heal();
  }
}
