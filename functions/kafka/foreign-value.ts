interface Beginning {
  /** The first bytes, each one value or a choice of values. */
  readonly bytes: readonly (number | readonly number[])[];
  /** How long a value is at least that begins so. */
  readonly leastBytes: number;
  /** The explanation for people; it contains nothing of the value. */
  readonly message: string;
}

const SCHEMA_ADVICE =
  'produce plain JSON, or let the mapping decode it (SchemaRegistryConfig with EventRecordFormat JSON)';

/**
 * @see https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
 * @see https://github.com/awslabs/aws-glue-schema-registry (AWSSchemaRegistryConstants)
 */
const BEGINNINGS: readonly Beginning[] = [
  {
    bytes: [0xef, 0xbb, 0xbf],
    leastBytes: 3,
    message: 'The value begins with a byte order mark, which JSON must not have: produce UTF-8 without one.',
  },
  {
    bytes: [
      [0xfe, 0xff],
      [0xff, 0xfe],
    ],
    leastBytes: 2,
    message: 'The value begins with a byte order mark of UTF-16: produce JSON in UTF-8 without one.',
  },
  {
    bytes: [0],
    leastBytes: 5,
    message: `The value begins with Confluent's magic byte and the id of a schema: ${SCHEMA_ADVICE}.`,
  },
  {
    bytes: [3, [0, 5]],
    leastBytes: 18,
    message: `The value begins with the header of the AWS Glue schema registry: ${SCHEMA_ADVICE}.`,
  },
];

/** Identifies a value that is not JSON in UTF-8 but starts like a known format; undefined for any other. */
export function foreignValue(value: Uint8Array): string | undefined {
  const found = BEGINNINGS.find(
    ({ bytes, leastBytes }) =>
      value.length >= leastBytes &&
      bytes.every((allowed, index) => [allowed].flat().includes(value[index] ?? -1)),
  );
  return found?.message;
}
