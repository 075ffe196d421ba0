import { join } from 'node:path';
import { choosePort } from '#msk-local/engines/choose-port.ts';
import type { Engine } from '#msk-local/engines/engine.ts';
import { startKafkaBroker, type KafkaBrokerOptions } from '#msk-local/engines/kafka-broker.ts';
import { installKafka } from '#msk-local/engines/kafka-installation.ts';
import { signal } from './processes.ts';

/** A broker of the campaign's own: the environment would end with one of its own. It keeps its data when it is restarted. */
export class Broker {
  readonly #options: KafkaBrokerOptions;
  #engine: Engine;

  static async start(engines: string, directory: string): Promise<Broker> {
    const options = {
      installation: await installKafka({ directory: engines, onProgress: () => undefined }),
      dataDirectory: join(directory, 'kafka'),
      port: await choosePort(),
      controllerPort: await choosePort(),
      logFile: join(directory, 'kafka.log'),
    };
    return new Broker(options, await startKafkaBroker(options));
  }

  private constructor(options: KafkaBrokerOptions, engine: Engine) {
    this.#options = options;
    this.#engine = engine;
  }

  /** `host:port` */
  get address(): string {
    return this.#engine.endpoint;
  }

  freeze(): void {
    signal(this.#engine.pid, 'SIGSTOP');
  }

  thaw(): void {
    signal(this.#engine.pid, 'SIGCONT');
  }

  /** Ends the broker in good order, or with `kill -9`, and starts it again on the same data. */
  async restart(how: 'stop' | 'kill', whileDown: () => Promise<void>): Promise<void> {
    if (how === 'kill') signal(this.#engine.pid, 'SIGKILL');
    else await this.#engine.stop();
    await this.#engine.exited;
    await whileDown();
    this.#engine = await startKafkaBroker(this.#options);
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.#engine.stop();
  }
}
