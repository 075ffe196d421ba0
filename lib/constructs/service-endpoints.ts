import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import {
  GatewayVpcEndpoint,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  VpcEndpointDnsRecordIpType,
  VpcEndpointIpAddressType,
} from 'aws-cdk-lib/aws-ec2';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface ServiceEndpointsProps {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly clusterArn: string;
}

/**
 * The MSK API under its dual-stack name. Clients reach it at `kafka-api.<region>.api.aws`, which the SDK asks for when
 * `AWS_USE_DUALSTACK_ENDPOINT` is true; the CDK's own constant is the name that takes no new connections.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/privatelink-vpc-endpoints.html
 */
const mskApi = new InterfaceVpcEndpointAwsService('kafka-api', 'aws.api');

interface ServiceEndpoint {
  readonly id: string;
  readonly service: InterfaceVpcEndpointAwsService;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The AWS services that the network reaches, each limited to the needed calls within this account: queues (the
 * on-failure destination and redrive), the broker addresses (clients), invoking a consumer (redrive) and tables (the
 * state of redrive).
 */
export class ServiceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: ServiceEndpointsProps) {
    super(scope, id);
    for (const endpoint of endpointsOf(Stack.of(this), props.clusterArn)) this.#open(endpoint, props);
    this.#openTables(props);
  }

  /** A gateway endpoint costs nothing; it is a route, so it has no security group and no price by the hour. */
  #openTables({ vpc, subnets }: ServiceEndpointsProps): void {
    const stack = Stack.of(this);
    new GatewayVpcEndpoint(this, 'DynamoDb', {
      vpc,
      service: GatewayVpcEndpointAwsService.DYNAMODB,
      subnets: [{ subnets: [...subnets] }],
    }).addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: [
          'dynamodb:DeleteItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:UpdateItem',
        ],
        resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: '*' })],
        conditions: { StringEquals: { 'aws:PrincipalAccount': stack.account } },
      }),
    );
  }

  #open(endpoint: ServiceEndpoint, props: ServiceEndpointsProps): void {
    new InterfaceVpcEndpoint(this, endpoint.id, {
      vpc: props.vpc,
      service: endpoint.service,
      subnets: { subnets: [...props.subnets] },
      securityGroups: [props.securityGroup],
      privateDnsEnabled: true,
      // The network has no IPv6 addresses, even if a service offers them.
      ipAddressType: VpcEndpointIpAddressType.IPV4,
      dnsRecordIpType: VpcEndpointDnsRecordIpType.IPV4,
      // The security group controls who may connect; "open" would admit the whole network.
      open: false,
    }).addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: [...endpoint.actions],
        resources: [...endpoint.resources],
        conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(this).account } },
      }),
    );
  }
}

function endpointsOf(stack: Stack, clusterArn: string): readonly ServiceEndpoint[] {
  return [
    {
      id: 'Sqs',
      service: InterfaceVpcEndpointAwsService.SQS,
      actions: [
        'sqs:SendMessage',
        'sqs:ReceiveMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ],
      resources: [stack.formatArn({ service: 'sqs', resource: '*' })],
    },
    {
      id: 'Kafka',
      service: mskApi,
      actions: ['kafka:GetBootstrapBrokers', 'kafka:DescribeClusterV2'],
      resources: [clusterArn],
    },
    {
      id: 'Lambda',
      service: InterfaceVpcEndpointAwsService.LAMBDA,
      actions: ['lambda:InvokeFunction'],
      resources: [
        stack.formatArn({
          service: 'lambda',
          resource: 'function',
          resourceName: '*',
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    },
  ];
}
