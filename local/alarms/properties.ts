/** The properties of one resource, read by name. Each error names the resource, the property and the value. */
export class Properties {
  readonly #logicalId: string;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(logicalId: string, properties: unknown) {
    this.#logicalId = logicalId;
    this.#values = isRecord(properties) ? properties : {};
  }

  value(name: string): unknown {
    return this.#values[name];
  }

  within(name: string): Properties {
    return new Properties(this.#logicalId, this.value(name));
  }

  list(name: string): readonly Properties[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.refuse(name, 'a list');
    return value.map((properties: unknown) => new Properties(this.#logicalId, properties));
  }

  optionalText(name: string): string | undefined {
    const value = this.value(name);
    if (value !== undefined && typeof value !== 'string')
      throw this.refuse(name, 'a text without references');
    return value;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw this.refuse(name, 'a text');
    return value;
  }

  optionalNumber(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (typeof value === 'object' || Number.isNaN(number)) throw this.refuse(name, 'a number');
    return number;
  }

  number(name: string): number {
    const value = this.optionalNumber(name);
    if (value === undefined) throw this.refuse(name, 'a number');
    return value;
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T {
    const found = known.find((one) => one === this.value(name));
    if (found === undefined) throw this.refuse(name, `one of ${known.join(', ')}`);
    return found;
  }

  refuse(name: string, expected: string): Error {
    const value = JSON.stringify(this.value(name)) ?? 'nothing';
    return new Error(`The alarm ${this.#logicalId} has ${name} ${value}; ${expected} is expected.`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
