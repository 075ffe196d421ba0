import { minorUnitDigits, type CurrencyCode } from '../kernel/currency.ts';
import type { OrderPlaced } from '../kernel/order-event.ts';
import type { EmailMessage, SmsMessage } from './ports.ts';

export function composeEmail(order: OrderPlaced, to: string, notificationId: string): EmailMessage {
  return {
    to,
    notificationId,
    subject: `Order ${order.orderId} received`,
    body: [
      `Thank you for your order ${order.orderId}.`,
      `Total: ${formatAmount(order.totalMinor, order.currency)}`,
      '',
    ].join('\n'),
  };
}

export function composeSms(order: OrderPlaced, to: string): SmsMessage {
  const total = formatAmount(order.totalMinor, order.currency);
  return { to, text: `Order ${order.orderId} received. Total: ${total}.` };
}

/** `1999` minor units of EUR are `19.99 EUR`; exact for every safe integer, since nothing is divided. */
function formatAmount(minor: number, currency: CurrencyCode): string {
  const digits = minorUnitDigits(currency);
  if (digits === 0) return `${minor} ${currency}`;
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)} ${currency}`;
}
