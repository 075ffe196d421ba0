import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { Target } from '../connection/target.ts';

const answer = z.object({ sent: z.array(z.object({ orderId: z.string() })) });

/**
 * Has the stage's own producer put test orders on the topic: it stands beside the brokers, and its orders reach nobody.
 *
 * @returns the ids of the orders.
 * @throws {Error} with what the function says, when it fails.
 */
export async function invokeProducer(target: Target, count: number): Promise<readonly string[]> {
  const client = new LambdaClient(target.invokeClientConfig);
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: target.outputs.producerFunctionName,
        Payload: JSON.stringify({ count }),
      }),
    );
    const text = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined)
      throw new Error(`The producer ${target.outputs.producerFunctionName} failed: ${text}`);
    return z.parse(answer, JSON.parse(text)).sent.map(({ orderId }) => orderId);
  } finally {
    client.destroy();
  }
}
