/** The reason why a function that never speaks Kafka is outside of the brokers' network. */
export const outsideNetwork =
  'It calls AWS services alone, over TLS with IAM, and never the brokers. In the VPC it would gain nothing but a way to ' +
  'them.';

/** The reason why a function need not name subnets that a rule can read. */
export const unreadNetwork =
  'The rule reads subnets of the same stack alone. Functions that speak Kafka are in subnets that another stack names; ' +
  'the others call AWS services alone, over TLS with IAM, and never the brokers.';
