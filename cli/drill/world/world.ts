import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { localTarget } from '../../connection/local-target.ts';
import type { Target } from '../../connection/target.ts';
import { prepareTables } from '../../demo/prepare-tables.ts';
import { environmentOptions } from '../../environment-flags.ts';
import { enginesDirectory } from '../../project-folders.ts';
import { choosePort } from '#msk-local/engines/choose-port.ts';
import { controlClient, type ControlClient } from '#msk-local/environment/control/control-client.ts';
import {
  launchEnvironment,
  type LaunchingEnvironment,
} from '#msk-local/environment/processes/launch-environment.ts';
import { requireLoopback } from '../loopback.ts';
import { FaultProxy } from '../proxy/fault-proxy.ts';
import { SendWitness } from '../proxy/send-witness.ts';
import { Broker } from './broker.ts';
import { below, type Random } from './random.ts';
import { descendants, signal } from './processes.ts';

/** On loopback, far longer than a request is under way before the proxy has it. */
const LAST_REQUESTS_MS = 200;

/** The text in the command line of each kind of process. */
const SIGNS = { poller: 'poller-process', function: 'lambda/bootstrap' };

export interface WorldOptions {
  /** A cloud assembly that was synthesized before. */
  readonly assembly: string;
  readonly random: Random;
  /** An emulator that runs already and holds nothing; without one the world starts its own. */
  readonly awsEndpoint?: string | undefined;
}

/** The real environment with a broker of the campaign's own, behind a proxy that can spoil every service. */
export class World {
  readonly proxy: FaultProxy;
  readonly broker: Broker;
  readonly target: Target;
  readonly control: ControlClient;
  readonly witness: SendWitness;
  /** Holds the logs of everything. */
  readonly directory: string;
  /** Holds the logs of functions and mappings. */
  readonly logsDirectory: string;
  readonly random: Random;
  readonly #launching: LaunchingEnvironment;
  /** Processes that were killed or frozen, and changes of the number of pollers. */
  disturbed = 0;

  static async start({ assembly, random, awsEndpoint }: WorldOptions): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'order-events-faults-'));
    const witness = new SendWitness();
    const awsPort = await choosePort();
    const endpoint = awsEndpoint ?? `http://127.0.0.1:${awsPort}`;
    requireLoopback(endpoint);
    const proxy = new FaultProxy({ target: endpoint, witness, random });
    const broker = await Broker.start(enginesDirectory, directory);
    await proxy.listen();
    const launching = launchEnvironment(
      {
        ...environmentOptions({ stage: 'dev', awsEndpoint }, 'faults'),
        app: { kind: 'assembly', directory: assembly },
        ports: { broker: { port: 0, kind: 'preferred' }, aws: { port: awsPort, kind: 'required' } },
        bootstrapServers: broker.address,
        serviceEndpoints: proxy.endpoints,
        runDirectory: join(directory, 'environment'),
      },
      prepareTables,
    );
    const { description, ended } = await launching.ready;
    // An environment that ends by itself shows in what its commands fail with, and its log is kept.
    ended.catch(() => undefined);
    const target = localTarget(description);
    const control = controlClient(description);
    const { logsDirectory } = description;
    return new World({
      directory,
      logsDirectory,
      witness,
      proxy,
      broker,
      launching,
      control,
      target,
      random,
    });
  }

  private constructor(parts: {
    readonly directory: string;
    readonly logsDirectory: string;
    readonly witness: SendWitness;
    readonly proxy: FaultProxy;
    readonly broker: Broker;
    readonly launching: LaunchingEnvironment;
    readonly control: ControlClient;
    readonly target: Target;
    readonly random: Random;
  }) {
    this.directory = parts.directory;
    this.logsDirectory = parts.logsDirectory;
    this.witness = parts.witness;
    this.proxy = parts.proxy;
    this.broker = parts.broker;
    this.target = parts.target;
    this.random = parts.random;
    this.control = parts.control;
    this.#launching = parts.launching;
  }

  /** Kills one process of a kind, if there is one, as `kill -9` does. */
  async kill(kind: keyof typeof SIGNS): Promise<void> {
    const found = (await descendants()).filter(({ command }) => command.includes(SIGNS[kind]));
    const victim = found[below(this.random, found.length)];
    if (victim === undefined || !signal(victim.pid, 'SIGKILL')) return;
    this.disturbed += 1;
    if (kind === 'function') await this.#learnOfKill();
  }

  /** Kills every process of a kind, as `kill -9` does. */
  async killAll(kind: keyof typeof SIGNS): Promise<void> {
    const found = (await descendants()).filter(({ command }) => command.includes(SIGNS[kind]));
    this.disturbed += found.filter(({ pid }) => signal(pid, 'SIGKILL')).length;
    if (kind === 'function') await this.#learnOfKill();
  }

  /** Waits for requests that a process sent before its end, which may still arrive and take effect. */
  async #learnOfKill(): Promise<void> {
    await delay(LAST_REQUESTS_MS);
    await this.proxy.idle();
    this.witness.killed();
  }

  /** @param count - `null` returns scaling to the mapping. */
  async setPollers(group: string, count: number | null): Promise<void> {
    await this.control.setPollers(group, count);
    this.disturbed += 1;
  }

  /** Stops everything, and deletes what it left unless that is to be looked at. */
  async stop({ keepLogs }: { readonly keepLogs: boolean }): Promise<void> {
    await this.#launching.stop();
    await this.proxy.close();
    await this.broker.stop();
    if (!keepLogs) await rm(this.directory, { recursive: true, force: true });
  }
}
