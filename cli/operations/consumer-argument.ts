import { Argument, InvalidArgumentError } from '@commander-js/extra-typings';
import { topology, type ConsumerName } from '../../lib/topology/topology.ts';

const NAMES = topology.consumers.map(({ name }) => name);

/** `<consumer>` on a command line. */
export const consumerArgument = new Argument('<consumer>', NAMES.join(', ')).argParser(parseConsumer);

function parseConsumer(text: string): ConsumerName {
  const name = NAMES.find((known) => known === text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(`Name one of the consumers: ${NAMES.join(', ')}.`);
}
