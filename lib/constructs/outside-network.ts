/** Why a function that never speaks Kafka stands outside the brokers' network. */
export const outsideNetwork =
  'It calls AWS services alone, over TLS with IAM, and never the brokers. In the VPC it would gain nothing but a way to ' +
  'them.';
