import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoFindEntry, dynamoNotificationLedger } from './aws/dynamo-notification-ledger.ts';
import { consumerEnvironment, itemLifetime, readEnvironment } from '../aws/environment.ts';
import { expiryAfter } from '../aws/item-expiry.ts';
import { rehearsalHandler } from '../aws/rehearsal-handler.ts';
import { emailOnDemand, smsOnDemand } from './aws/providers.ts';
import { OwnClaims } from './own-claims.ts';
import { recordByRecord } from '../kafka/record-by-record.ts';
import { processOrderEvent } from './process-order-event.ts';
import { rehearsalLedger, sendNothing } from './rehearsal-ledger.ts';
import { SendBreaker } from './send-breaker.ts';
import { SendLimit } from './send-limit.ts';

/** A lane writes for both of its channels at once. */
const CHANNELS = 2;

/** Few at first: a cold start meets a provider that may be busy with the sends of other environments. */
const FIRST_SENDS = 4;

/** Creates the environment's state of its providers. */
const providers = () => ({
  limits: { email: sendLimit(), sms: sendLimit() },
  breakers: { email: new SendBreaker(Date.now), sms: new SendBreaker(Date.now) },
});

function sendLimit(): SendLimit {
  return new SendLimit({ first: FIRST_SENDS, most: lanes }, Date.now);
}

const environment = readEnvironment(
  { ...consumerEnvironment, ...itemLifetime, EMAIL_FROM: z.email('required, an e-mail address') },
  process.env,
);

const lanes = environment.MAX_CONCURRENT_RUNS;

const client = dynamoDbClient(lanes * CHANNELS);
const tableName = environment.TABLE_NAME;

const ledger = dynamoNotificationLedger({
  client,
  tableName,
  expiry: expiryAfter(environment.ITEM_TTL_DAYS, Date.now),
});

const surroundings = { nowMs: Date.now, pause, random: Math.random, newClaimId: randomUUID };

export const handler = consumerHandler({
  environment,
  process: recordByRecord(
    processOrderEvent({
      ledger,
      surroundings,
      ownClaims: new OwnClaims(),
      sendEmail: emailOnDemand(environment.EMAIL_FROM),
      sendSms: smsOnDemand(),
      ...providers(),
    }),
  ),
});

/** The entry of the rehearsal function. */
export const rehearse = rehearsalHandler({
  environment,
  newProcess: () =>
    recordByRecord(
      processOrderEvent({
        ledger: rehearsalLedger(dynamoFindEntry({ client, tableName })),
        // Nobody's lease ends for a rehearsal: what it would wait for is answered at once.
        surroundings: { ...surroundings, pause: () => Promise.resolve() },
        ownClaims: new OwnClaims(),
        sendEmail: sendNothing,
        sendSms: sendNothing,
        ...providers(),
      }),
    ),
});
