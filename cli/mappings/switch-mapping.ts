/** An event source mapping as Lambda's API describes it. */
export interface SwitchedMapping {
  readonly uuid: string;
  /** In Lambda's words, such as `Enabled` or `Disabling`. */
  readonly state: string;
}

export interface SwitchPorts {
  /** The mapping as it is now. */
  readonly read: () => Promise<SwitchedMapping>;
  /** UpdateEventSourceMapping with `Enabled`. */
  readonly setEnabled: (uuid: string, enabled: boolean) => Promise<void>;
  /** Returns whether the pollers match the state; on AWS only the state itself tells. */
  readonly hasFollowed: (enabled: boolean) => Promise<boolean>;
  /** Records that the group has still to read; undefined where the brokers cannot be asked. */
  readonly lag: () => Promise<number | undefined>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** The condition that is awaited now. */
  readonly waiting: (text: string) => void;
}

/** The result of switching a mapping. */
export interface SwitchResult {
  readonly state: string;
  /** True when it was already in that state. */
  readonly wasThere: boolean;
  readonly tookMs: number;
  /** Undefined where the brokers cannot be asked. */
  readonly lagBefore: number | undefined;
  readonly lagAfter: number | undefined;
}

const LOOK_EVERY_MS = 500;
const STABLE: ReadonlySet<string> = new Set(['Enabled', 'Disabled']);

/**
 * Enables or disables a mapping and waits until it is: Lambda takes up to minutes, and takes no other change meanwhile. Open
 * calls of the function end first, and offsets stay.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 *
 * @throws {Error} when the state is not reached in time; the change goes on then.
 */
export async function switchMapping(
  group: string,
  enabled: boolean,
  { patienceMs, ...ports }: SwitchPorts & { readonly patienceMs: number },
): Promise<SwitchResult> {
  const wanted = enabled ? 'Enabled' : 'Disabled';
  const startedAt = ports.now();
  const lagBefore = await ports.lag();
  const waitUntil = waitingFor(group, { patienceMs, startedAt, lagBefore, ports });
  // Lambda refuses a change while another one goes on.
  const before = await waitUntil('Enabled or Disabled', ({ state }) => Promise.resolve(STABLE.has(state)));
  if (before.state !== wanted) await ports.setEnabled(before.uuid, enabled);
  const { state } = await waitUntil(
    wanted,
    async (now) => now.state === wanted && (await ports.hasFollowed(enabled)),
  );
  return {
    state,
    wasThere: before.state === wanted,
    tookMs: ports.now() - startedAt,
    lagBefore,
    lagAfter: await ports.lag(),
  };
}

interface Waiting {
  readonly patienceMs: number;
  readonly startedAt: number;
  readonly lagBefore: number | undefined;
  readonly ports: SwitchPorts;
}

function waitingFor(group: string, { patienceMs, startedAt, lagBefore, ports }: Waiting) {
  return async (
    what: string,
    isThere: (mapping: SwitchedMapping) => Promise<boolean>,
  ): Promise<SwitchedMapping> => {
    for (;;) {
      const mapping = await ports.read();
      if (await isThere(mapping)) return mapping;
      const waitedMs = ports.now() - startedAt;
      if (waitedMs > patienceMs) {
        throw new Error(
          `The mapping of ${group} is ${mapping.state} after ${Math.round(waitedMs / 1_000)} s, but should be ${what}. The change ` +
            `continues. Look at it with orders status, or aws lambda get-event-source-mapping --uuid ${mapping.uuid}`,
        );
      }
      ports.waiting(`The mapping of ${group} is ${mapping.state}${lagText(lagBefore, await ports.lag())}`);
      await ports.pause(LOOK_EVERY_MS);
    }
  };
}

/** Formats the lag in the meantime, such as `; lag 120 (35 more)`. */
function lagText(before: number | undefined, now: number | undefined): string {
  if (now === undefined) return '';
  const change = now - (before ?? now);
  if (change === 0) return `; lag ${now}`;
  return `; lag ${now} (${Math.abs(change)} ${change > 0 ? 'more' : 'less'})`;
}

/** The result for a person. */
export function switchText(
  group: string,
  { state, wasThere, tookMs, lagBefore, lagAfter }: SwitchResult,
): string {
  const lag =
    lagAfter === undefined ? UNKNOWN_LAG : `Its lag is ${lagAfter}${changeText(lagBefore, lagAfter)}.`;
  const grows = state === 'Disabled' ? ' It grows with every new record, until you resume the mapping.' : '';
  const took = wasThere ? `was already ${state}` : `is ${state}, after ${(tookMs / 1_000).toFixed(1)} s`;
  return `The mapping of ${group} ${took}. ${lag}${lagAfter === undefined ? '' : grows}`;
}

const UNKNOWN_LAG =
  'Its lag cannot be read from here, because the brokers answer only inside their VPC: look at MaxOffsetLag in CloudWatch.';

function changeText(before: number | undefined, after: number): string {
  if (before === undefined || before === after) return '';
  return `, ${Math.abs(after - before)} ${after > before ? 'more' : 'less'} than before`;
}
