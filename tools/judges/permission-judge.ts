import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Finding, Judge } from './judge.ts';
import type { Call } from './iam/calls.ts';
import { forbiddenCalls, neededCalls } from './iam/permission-matrix.ts';
import { callsProducerMustNotMake, callsProducerNeeds } from './iam/producer-matrix.ts';
import { callsSamplerMustNotMake, callsSamplerNeeds } from './iam/sampler-matrix.ts';
import { deployed } from './iam/resolve-templates.ts';
import type { DeployedResource } from './iam/resolve-templates.ts';
import { isAllowed } from './iam/simulate.ts';
import {
  callsRedriveMustNotMake,
  callsRedriveNeeds,
  callsRehearsalMustNotMake,
  callsRehearsalNeeds,
} from './iam/redrive-matrix.ts';
import {
  consumerWorlds,
  producerWorld,
  redriveWorld,
  rehearsalWorld,
  samplerWorld,
  sharedWorld,
} from './iam/worlds.ts';
import type {
  ConsumerWorld,
  PolicyDocument,
  PolicyStatement,
  RehearsalWorld,
  RoleWorld,
  SharedWorld,
} from './iam/worlds.ts';

/** The roles of one stage. */
interface Stage {
  readonly name: string;
  readonly roles: readonly JudgedRole[];
}

/** A role, with its needed and forbidden calls. */
interface JudgedRole extends RoleWorld {
  readonly needed: readonly Call[];
  readonly forbidden: readonly Call[];
  /** The source files of its policy. */
  readonly writtenIn: string;
}

type Change = (statements: readonly PolicyStatement[]) => readonly PolicyStatement[];

/**
 * Judges by a simulation of IAM that every role has the permissions it needs, none on resources of others, and none
 * that is unused.
 */
export function permissionJudge(assemblies: Promise<readonly string[]>): Judge {
  const stages = assemblies.then((directories) => Promise.all(directories.map(readStage)));
  // The rejection reaches whoever awaits it; without this handler it would be unhandled until then.
  stages.catch(() => undefined);
  const spoiled = (change: Change, whose: (role: JudgedRole) => boolean) => async () => {
    const [first] = await stages;
    if (first === undefined) return [];
    return judgeStage({
      ...first,
      roles: first.roles.map((role) => (whose(role) ? changed(role, change) : role)),
    });
  };
  return {
    name: 'permissions',
    examine: async () => (await Promise.all((await stages).map(judgeStage))).flat(),
    canaries: [
      {
        fault: 'everything on every topic and group',
        rule: 'forbidden-call',
        examine: spoiled(also('kafka-cluster:*', '*'), isConsumer),
      },
      {
        fault: 'every function may be invoked',
        rule: 'forbidden-call',
        examine: spoiled(also('lambda:InvokeFunction', '*'), isConsumer),
      },
      {
        fault: 'no permission to fill the dead-letter queue',
        rule: 'needed-call',
        examine: spoiled(withoutAction('sqs:SendMessage'), isConsumer),
      },
      {
        fault: 'a permission that nothing uses',
        rule: 'dead-grant',
        examine: spoiled(also('ssm:GetParameter', '*'), isConsumer),
      },
      {
        fault: 'the producer may write to every topic',
        rule: 'forbidden-call',
        examine: spoiled(also('kafka-cluster:WriteData', '*'), isProducer),
      },
      {
        fault: "the producer's code may connect itself to any network",
        rule: 'forbidden-call',
        examine: spoiled(withoutDenials, isProducer),
      },
      {
        fault: 'the sampler may commit for every group',
        rule: 'forbidden-call',
        examine: spoiled(also('kafka-cluster:AlterGroup', '*'), isSampler),
      },
      {
        fault: 'no permission for the sampler to describe a group',
        rule: 'needed-call',
        examine: spoiled(withoutAction('kafka-cluster:DescribeGroup'), isSampler),
      },
      {
        fault: 'no permission for the producer to write idempotently',
        rule: 'needed-call',
        examine: spoiled(withoutAction('kafka-cluster:WriteDataIdempotently'), isProducer),
      },
      {
        fault: 'redrive may fill the dead-letter queues',
        rule: 'forbidden-call',
        examine: spoiled(also('sqs:SendMessage', '*'), isRedrive),
      },
      {
        fault: 'no permission for redrive to delete what succeeded',
        rule: 'needed-call',
        examine: spoiled(withoutAction('sqs:DeleteMessage'), isRedrive),
      },
      {
        fault: 'a rehearsal may write to its table',
        rule: 'forbidden-call',
        examine: spoiled(also('dynamodb:PutItem', '*'), isRehearsal),
      },
      {
        fault: 'a mapping could use the role of a rehearsal',
        rule: 'forbidden-call',
        examine: spoiled(also('kafka-cluster:*', '*'), isRehearsal),
      },
      {
        fault: 'a permission that nothing in the producer uses',
        rule: 'dead-grant',
        examine: spoiled(also('ssm:GetParameter', '*'), isProducer),
      },
    ],
  };
}

/** Counts the simulated calls of each role. */
export async function countCalls(
  assembly: string,
): Promise<readonly { role: string; needed: number; forbidden: number }[]> {
  const { roles } = await readStage(assembly);
  return roles.map(({ name, needed, forbidden }) => ({
    role: name,
    needed: needed.length,
    forbidden: forbidden.length,
  }));
}

async function readStage(assembly: string): Promise<Stage> {
  const files = (await readdir(assembly)).filter((file) => file.endsWith('.template.json'));
  const templates = await Promise.all(
    files.map(async (file) => {
      const template: unknown = JSON.parse(await readFile(join(assembly, file), 'utf8'));
      return { stackName: basename(file, '.template.json'), template };
    }),
  );
  return { name: basename(assembly), roles: judgedRoles(deployed(templates)) };
}

function judgedRoles(resources: readonly DeployedResource[]): readonly JudgedRole[] {
  const shared = sharedWorld(resources);
  const consumers = consumerWorlds(resources);
  const producer = producerWorld(resources);
  const redrive = redriveWorld(resources);
  const rehearsals = consumers.map((consumer) => rehearsalWorld(consumer, resources));
  const sampler = samplerWorld(resources);
  return [
    ...consumers.map((role) => {
      const others = consumers.filter(({ name }) => name !== role.name);
      return {
        ...role,
        needed: neededCalls(role, shared),
        forbidden: forbiddenCalls(role, { consumers: others, producer }, shared),
        writtenIn: 'consumer-policy.ts, or for one consumer in consumer-duties.ts',
      };
    }),
    {
      ...producer,
      needed: callsProducerNeeds(producer, shared),
      forbidden: callsProducerMustNotMake(producer, consumers, shared),
      writtenIn: 'producer-policy.ts',
    },
    {
      ...redrive,
      needed: callsRedriveNeeds(redrive, { consumers, rehearsals }, shared),
      forbidden: callsRedriveMustNotMake(redrive, { consumers, rehearsals }, shared),
      writtenIn: 'redrive-policy.ts',
    },
    {
      ...sampler,
      needed: callsSamplerNeeds(sampler, consumers, shared),
      forbidden: callsSamplerMustNotMake(sampler, consumers, shared),
      writtenIn: 'sampler-policy.ts',
    },
    ...rehearsals.map((rehearsal) => judgedRehearsal(rehearsal, consumers, shared)),
  ];
}

function judgedRehearsal(
  rehearsal: RehearsalWorld,
  consumers: readonly ConsumerWorld[],
  shared: SharedWorld,
): JudgedRole {
  return {
    ...rehearsal,
    needed: callsRehearsalNeeds(rehearsal),
    forbidden: callsRehearsalMustNotMake(rehearsal, consumers, shared),
    writtenIn: 'rehearsal-function.ts',
  };
}

async function judgeStage({ name: stage, roles }: Stage): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const role of roles) {
    const place = `${role.name} of ${stage}`;
    const { needed, forbidden, policy } = role;
    found.push(
      ...(await where(needed, async (call) => !(await isAllowed(call, policy, role, roles)))).map(
        neededFinding(place, role),
      ),
      ...(await where(forbidden, (call) => isAllowed(call, policy, role, roles))).map(
        forbiddenFinding(place),
      ),
      ...(await where(allowedActions(policy), (action) => isDead(action, role, roles))).map(
        deadFinding(place),
      ),
    );
  }
  return found;
}

/** Returns whether all needed calls would still be allowed without the action. */
async function isDead(action: string, role: JudgedRole, roles: readonly JudgedRole[]): Promise<boolean> {
  const { policy } = changed(role, withoutAction(action));
  const concerned = role.needed.filter((call) => call.action === action || action.includes('*'));
  const missed = await where(concerned, async (call) => !(await isAllowed(call, policy, role, roles)));
  return missed.length === 0;
}

function also(action: string, resource: string): Change {
  return (statements) => [...statements, { Effect: 'Allow', Action: [action], Resource: resource }];
}

function allowedActions({ Statement }: PolicyDocument): readonly string[] {
  return Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
}

function withoutAction(action: string): Change {
  return (statements) =>
    statements
      .map((statement) => ({ ...statement, Action: statement.Action.filter((each) => each !== action) }))
      .filter(({ Action }) => Action.length > 0);
}

const withoutDenials: Change = (statements) => statements.filter(({ Effect }) => Effect !== 'Deny');

function changed(role: JudgedRole, change: Change): JudgedRole {
  return { ...role, policy: { ...role.policy, Statement: change(role.policy.Statement) } };
}

const isProducer = ({ name }: JudgedRole): boolean => name === 'producer';
const isRedrive = ({ name }: JudgedRole): boolean => name === 'redrive';
const isRehearsal = ({ name }: JudgedRole): boolean => name.startsWith('rehearsal');
const isSampler = ({ name }: JudgedRole): boolean => name === 'sampler';
const isConsumer = (role: JudgedRole): boolean =>
  ![isProducer, isRedrive, isRehearsal, isSampler].some((is) => is(role));

async function where<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const answers = await Promise.all(items.map(holds));
  return items.filter((_item, index) => answers[index]);
}

const described = ({ action, resource, context }: Call): string =>
  `${action} on ${resource}${context === undefined ? '' : ` with ${JSON.stringify(context)}`}`;

function neededFinding(place: string, { writtenIn }: JudgedRole): (call: Call) => Finding {
  return (call) => ({
    rule: 'needed-call',
    where: place,
    problem: `${described(call)} is denied, but the function cannot work without it`,
    fix: `Allow it in ${writtenIn}.`,
  });
}

function forbiddenFinding(place: string): (call: Call) => Finding {
  return (call) => ({
    rule: 'forbidden-call',
    where: place,
    problem: `${described(call)} is allowed`,
    fix: 'Name the exact action and resource in the statement that allows it.',
  });
}

function deadFinding(place: string): (action: string) => Finding {
  return (action) => ({
    rule: 'dead-grant',
    where: place,
    problem: `${action} is allowed, but nothing that the function needs would fail without it`,
    fix: 'Delete the action from its policy, or name the call that needs it in tools/judges/iam/.',
  });
}
