/** Headers of a record with an order event: CloudEvents in structured mode, as the Kafka binding of CloudEvents names it. */
export const ORDER_EVENT_HEADERS = { 'content-type': 'application/cloudevents+json; charset=UTF-8' } as const;
