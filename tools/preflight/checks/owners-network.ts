import { todosOr, type Judgement } from '../verdict.ts';

const IAM_PORT = 9098;
const HTTPS = 443;

/** The part of an existing cluster's network on which this app depends. */
export interface NetworkFacts {
  /** Interface endpoints that are available, by the name of their service. */
  readonly endpoints: Readonly<Record<string, EndpointFacts>>;
  /** The brokers' subnets that have a route to all addresses through a NAT gateway or another network. */
  readonly subnetsWithWayOut: readonly string[];
  readonly brokerGroup: BrokerGroupFacts;
}

export interface EndpointFacts {
  /** True when the service's usual name resolves to it. */
  readonly privateDns: boolean;
}

export interface BrokerGroupFacts {
  /** Ports on which it allows traffic from itself. */
  readonly admitsItselfOn: readonly PortRange[];
  /** Ports on which it allows any outgoing traffic. */
  readonly letsOutOn: readonly PortRange[];
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Lists the services that are called from the network, with their callers. */
function neededServices(region: string): readonly { readonly service: string; readonly why: string }[] {
  return [
    { service: `com.amazonaws.${region}.sqs`, why: 'discarded batches go to SQS' },
    { service: `aws.api.${region}.kafka-api`, why: 'producer and redrive ask the MSK API for the brokers' },
    { service: `com.amazonaws.${region}.lambda`, why: 'redrive invokes the consumers' },
    { service: `com.amazonaws.${region}.dynamodb`, why: 'redrive stores what it did in DynamoDB' },
  ];
}

/** Checks that the owner's network allows the traffic of pollers and clients. */
export function judgeNetwork(
  { region, subnetIds }: { readonly region: string; readonly subnetIds: readonly string[] },
  facts: NetworkFacts,
): readonly Judgement[] {
  const out = subnetIds.every((id) => facts.subnetsWithWayOut.includes(id));
  const ways = neededServices(region).flatMap(({ service, why }) =>
    out || facts.endpoints[service]?.privateDns === true
      ? []
      : [
          `${why}, but its subnets have no route there: ask its owner to add the endpoint ${service}, ` +
            'with private DNS if it is an interface, or a NAT gateway',
        ],
  );
  return todosOr([...ways, ...groupTodos(facts.brokerGroup)], 'pollers and producer can reach all services');
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html */
function groupTodos({ admitsItselfOn, letsOutOn }: BrokerGroupFacts): readonly string[] {
  return [
    ...(covers(admitsItselfOn, IAM_PORT)
      ? []
      : [`the brokers' security group does not admit itself on port ${IAM_PORT}, which the pollers need`]),
    ...(covers(letsOutOn, IAM_PORT) && covers(letsOutOn, HTTPS)
      ? []
      : [
          `the brokers' security group lets nothing out on ports ${IAM_PORT} and ${HTTPS}, by which the pollers reach ` +
            'brokers and AWS services',
        ]),
  ];
}

function covers(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ from, to }) => from <= port && port <= to);
}
