import { deterministicId } from '../idempotency/deterministic-id.ts';
import { eventMark } from '../idempotency/duplicate-verdict.ts';
import type { ProcessRecord } from '../kafka/process-records.ts';
import { handleEvent, type EventHandlers } from '../kernel/event-handlers.ts';
import type { OrderPlaced, ReceivedEvent } from '../kernel/order-event.ts';
import type { ClaimDependencies } from './claim-notification.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import { combineOutcomes } from './combine-outcomes.ts';
import { composeEmail, composeSms } from './compose-message.ts';
import type { Channel, NotificationKey, SendEmail, SendSms } from './ports.ts';
import type { SendBreaker } from './send-breaker.ts';
import type { SendLimit } from './send-limit.ts';
import { sendOnce, type Notification } from './send-once.ts';
import { settleWhatIsLeft } from './settle-what-is-left.ts';

export interface NotificationDependencies extends ClaimDependencies {
  readonly sendEmail: SendEmail;
  readonly sendSms: SendSms;
  /** Of the execution environment, one for each provider; likewise the following. */
  readonly limits: Readonly<Record<Channel, SendLimit>>;
  readonly breakers: Readonly<Record<Channel, SendBreaker>>;
}

/** Tells the customer by every channel that the order names. A cancellation carries no contact, so it tells nobody. */
export function processOrderEvent(deps: NotificationDependencies): ProcessRecord<ReceivedEvent> {
  const notificationsOf: EventHandlers<readonly Notification[]> = {
    'order.placed': (event, received) => notificationsFor(deps, event, received),
    'order.cancelled': () => [],
  };
  return async ({ value: received }, deadline) => {
    const notTold = await settleWhatIsLeft(deps, deadline);
    const notifications = handleEvent(notificationsOf, received);
    if (notTold !== undefined && notifications.length > 0) return outcomeOfFailure(notTold);
    return combineOutcomes(
      await Promise.all(notifications.map((notification) => sendOnce(deps, notification, deadline))),
    );
  };
}

function notificationsFor(
  { sendEmail, sendSms, limits, breakers }: NotificationDependencies,
  order: OrderPlaced,
  received: ReceivedEvent,
): readonly Notification[] {
  const mark = eventMark(received);
  const { email, phone } = order.customer ?? {};
  const notifications: Notification[] = [];
  if (email !== undefined) {
    const key = keyOf(order, 'email');
    const message = composeEmail(order, email, notificationId(key));
    notifications.push({
      key,
      mark,
      limit: limits.email,
      breaker: breakers.email,
      send: () => sendEmail(message),
    });
  }
  if (phone !== undefined) {
    const message = composeSms(order, phone);
    notifications.push({
      key: keyOf(order, 'sms'),
      mark,
      limit: limits.sms,
      breaker: breakers.sms,
      send: () => sendSms(message),
    });
  }
  return notifications;
}

function keyOf({ orderId, type }: OrderPlaced, channel: Channel): NotificationKey {
  return { orderId, type, channel };
}

function notificationId({ orderId, type, channel }: NotificationKey): string {
  return deterministicId('notification', orderId, type, channel);
}
