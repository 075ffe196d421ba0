import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * Makes ajv compile each schema at its first use. `@platformatic/kafka` compiles the schemas of forty kinds of options
 * when it is imported, of which a consumer uses eight: a third of the CPU time of a poller's start. Call this before that
 * import, once.
 *
 * @returns what makes ajv compile schemas at once again. Those that it met in the meantime are still compiled later.
 */
export function compileSchemasLater(): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- It is called with the object that it belongs to.
  const { compile: compileNow } = Ajv2020.prototype;
  Object.assign(Ajv2020.prototype, {
    compile(this: Ajv2020, schema: AnySchema): Validator {
      let compiled: ValidateFunction | undefined;
      const validate: Validator = (data) => {
        compiled ??= compileNow.call(this, schema);
        const isValid = compiled(data);
        validate.errors = compiled.errors;
        return isValid;
      };
      return validate;
    },
  });
  return () => {
    Object.assign(Ajv2020.prototype, { compile: compileNow });
  };
}

/** A compiled schema, as far as `@platformatic/kafka` uses it. */
interface Validator {
  (data: unknown): ReturnType<ValidateFunction>;
  errors?: ValidateFunction['errors'];
}
