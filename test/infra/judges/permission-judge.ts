import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Finding, Judge } from './judge.ts';
import { consumerWorlds, sharedWorld } from './iam/consumer-world.ts';
import type { ConsumerWorld, PolicyDocument, PolicyStatement, SharedWorld } from './iam/consumer-world.ts';
import { forbiddenCalls, neededCalls } from './iam/permission-matrix.ts';
import type { Call } from './iam/permission-matrix.ts';
import { deployed } from './iam/resolve-templates.ts';
import { isAllowed } from './iam/simulate.ts';

/** The roles of one stage, and what they share. */
interface Roles {
  readonly stage: string;
  readonly worlds: readonly ConsumerWorld[];
  readonly shared: SharedWorld;
}

type Change = (statements: readonly PolicyStatement[]) => readonly PolicyStatement[];

/** A simulation of IAM: every role may do what it needs and nothing that is not its own, and no grant is idle. */
export function permissionJudge(assemblies: Promise<readonly string[]>): Judge {
  const stages = assemblies.then((directories) => Promise.all(directories.map(readRoles)));
  // Who waits for it is told; until then a failure is nobody's.
  stages.catch(() => undefined);
  const spoiled = (change: Change) => async () => {
    const [first] = await stages;
    return first === undefined
      ? []
      : judgeRoles({ ...first, worlds: first.worlds.map((role) => changed(role, change)) });
  };
  return {
    name: 'permissions',
    examine: async () => (await Promise.all((await stages).map(judgeRoles))).flat(),
    canaries: [
      {
        fault: 'everything on every topic and group',
        rule: 'forbidden-call',
        examine: spoiled(also('kafka-cluster:*', '*')),
      },
      {
        fault: 'every function may be invoked',
        rule: 'forbidden-call',
        examine: spoiled(also('lambda:InvokeFunction', '*')),
      },
      {
        fault: 'no permission to fill the dead letter queue',
        rule: 'needed-call',
        examine: spoiled(withoutAction('sqs:SendMessage')),
      },
      {
        fault: 'a permission that nothing uses',
        rule: 'dead-grant',
        examine: spoiled(also('ssm:GetParameter', '*')),
      },
    ],
  };
}

/** How many calls are simulated for each role. */
export async function countCalls(
  assembly: string,
): Promise<readonly { role: string; needed: number; forbidden: number }[]> {
  const { worlds, shared } = await readRoles(assembly);
  return worlds.map((role) => ({
    role: role.name,
    needed: neededCalls(role, shared).length,
    forbidden: forbiddenCalls(role, othersThan(role, worlds), shared).length,
  }));
}

async function readRoles(assembly: string): Promise<Roles> {
  const names = (await readdir(assembly)).filter((name) => name.endsWith('.template.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(assembly, name), 'utf8')));
  const resources = deployed(texts.map((text): unknown => JSON.parse(text)));
  return { stage: basename(assembly), worlds: consumerWorlds(resources), shared: sharedWorld(resources) };
}

async function judgeRoles({ stage, worlds, shared }: Roles): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const role of worlds) {
    const place = `${role.name} of ${stage}`;
    const needed = neededCalls(role, shared);
    const forbidden = forbiddenCalls(role, othersThan(role, worlds), shared);
    found.push(
      ...(await where(needed, async (call) => !(await isAllowed(call, role.policy, role, worlds)))).map(
        neededFinding(place),
      ),
      ...(await where(forbidden, (call) => isAllowed(call, role.policy, role, worlds))).map(
        forbiddenFinding(place),
      ),
      ...(await where(allowedActions(role.policy), (action) => isDead(action, needed, role, worlds))).map(
        deadFinding(place),
      ),
    );
  }
  return found;
}

/** Whether everything that the role needs would still be allowed without the action. */
async function isDead(
  action: string,
  needed: readonly Call[],
  role: ConsumerWorld,
  worlds: readonly ConsumerWorld[],
): Promise<boolean> {
  const { policy } = changed(role, withoutAction(action));
  const concerned = needed.filter((call) => call.action === action || action.includes('*'));
  const missed = await where(concerned, async (call) => !(await isAllowed(call, policy, role, worlds)));
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

function changed(role: ConsumerWorld, change: Change): ConsumerWorld {
  return { ...role, policy: { ...role.policy, Statement: change(role.policy.Statement) } };
}

function othersThan(role: ConsumerWorld, worlds: readonly ConsumerWorld[]): readonly ConsumerWorld[] {
  return worlds.filter(({ name }) => name !== role.name);
}

async function where<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const answers = await Promise.all(items.map(holds));
  return items.filter((_item, index) => answers[index]);
}

const described = ({ action, resource, context }: Call): string =>
  `${action} on ${resource}${context === undefined ? '' : ` with ${JSON.stringify(context)}`}`;

function neededFinding(place: string): (call: Call) => Finding {
  return (call) => ({
    rule: 'needed-call',
    where: place,
    problem: `${described(call)} is denied, but the consumer cannot work without it`,
    fix: 'Allow it in consumer-policy.ts, or for one consumer in consumer-duties.ts.',
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
    problem: `${action} is allowed, but nothing that the consumer needs would fail without it`,
    fix: 'Delete the action from its policy, or name the call that needs it in permission-matrix.ts.',
  });
}
