import type { InvocationResult } from '../retry/invocation-result.ts';
import { ownInvoker } from './invoker/own-invoker.ts';
import type { PollerSettings } from './messages.ts';

/** Sends one event, the text of a JSON object, to the mapping's function and waits for its end. Never throws. */
export type InvokeFunction = (event: string) => Promise<InvocationResult>;

/** Where the function of a mapping is invoked. */
type InvokerSettings = Pick<PollerSettings, 'lambdaEndpoint' | 'invoker' | 'region'> & {
  /** Name or ARN. */
  readonly functionName: string;
};

/** Calls Lambda's Invoke API once per attempt, because the retry decision handles retries. */
export function createInvoker(settings: InvokerSettings): InvokeFunction {
  return settings.invoker === 'processes' ? ownInvoker(settings) : onDemandSdkInvoker(settings);
}

/** Loads the AWS SDK at the first call, because most pollers have no use for it. */
function onDemandSdkInvoker(settings: InvokerSettings): InvokeFunction {
  let loading: Promise<InvokeFunction> | undefined;
  return async (event) => {
    loading ??= import('./invoker/sdk-invoker.ts').then(({ sdkInvoker }) => sdkInvoker(settings));
    return (await loading)(event);
  };
}
