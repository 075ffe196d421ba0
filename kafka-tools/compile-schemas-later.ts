import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * Makes ajv compile each schema at its first use. `@platformatic/kafka` compiles the schemas of forty kinds of options
 * when it is imported, of which a consumer uses eight: a third of the CPU time of a poller's start. Import this module
 * before that one.
 */
function compileSchemasLater(): void {
  const prototype = Ajv2020.prototype;
  const compileNow = prototype.compile;
  prototype.compile = function compileAtFirstUse(this: Ajv2020, schema: AnySchema): ValidateFunction {
    let compiled: ValidateFunction | undefined;
    const validate = (data: unknown): boolean => {
      compiled ??= compileNow.call(this, schema);
      const isValid = compiled(data) === true;
      Object.assign(validate, { errors: compiled.errors });
      return isValid;
    };
    return Object.assign(validate, { schema }) as ValidateFunction;
  } as typeof prototype.compile;
}

compileSchemasLater();
