import type { Guard } from '../guard.ts';
import type { MappingFacts } from '../mapping-facts.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const oneMappingPerTopic: Guard = {
  id: 'one-mapping-per-topic',
  rule: 'A function reads a topic of a cluster through one mapping.',
  check: ({ mappings }) =>
    mappings.flatMap((mapping, index) => {
      const other = mappings.slice(0, index).find((earlier) => isSame(earlier, mapping));
      return other === undefined
        ? []
        : [
            {
              resource: mapping.resource,
              property: 'Topics',
              problem: `names the topic that ${other.resource.constructPath} reads from the same source for the same function: Lambda refuses the second mapping (409)`,
              fix: 'Keep one of the two mappings.',
            },
          ];
    }),
};

function isSame(one: MappingFacts, other: MappingFacts): boolean {
  if (one.identity === undefined || one.identity !== other.identity) return false;
  if (one.topic.kind === 'resource' || other.topic.kind === 'resource')
    return one.topic.kind === other.topic.kind && resourceOf(one) === resourceOf(other);
  return one.topic.kind === 'known' && other.topic.kind === 'known' && one.topic.value === other.topic.value;
}

const resourceOf = ({ topic }: MappingFacts): unknown =>
  topic.kind === 'resource' ? topic.resource : undefined;
