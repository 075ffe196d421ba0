import type { FunctionConfiguration } from '../../local/lambda/function-configuration.ts';

/** A function that both runtime clients run; each is invoked twice, so that a kept or a new process shows. */
interface FidelityCase {
  readonly name: string;
  /** The text of index.js, or the files by name. */
  readonly code: string | Readonly<Record<string, string>>;
  readonly configuration?: Partial<FunctionConfiguration>;
}

const TASK = '(async () => undefined)()';

const answers: readonly FidelityCase[] = [
  {
    name: 'success',
    code: 'let calls = 0; exports.handler = async (event) => ({ event, calls: ++calls });',
  },
  { name: 'success without a promise', code: 'exports.handler = (event) => event;' },
  {
    name: 'success of an ES module',
    code: { 'index.mjs': `await ${TASK}; export const handler = async (event) => event;` },
  },
  {
    name: 'context fields',
    code: `exports.handler = async (event, context) => Object.fromEntries(
      Object.entries(context).map(([key, value]) => [key, typeof value === 'function' ? 'function' : value ?? String(value)]));`,
  },
  {
    name: 'remaining time',
    code: `exports.handler = async (event, context) => {
      const left = context.getRemainingTimeInMillis();
      return { isInteger: Number.isInteger(left), isInRange: left > 5000 && left <= 10000 };
    };`,
  },
  { name: 'environment variables', code: 'exports.handler = async () => ({ ...process.env });' },
];

const thrown: readonly FidelityCase[] = [
  { name: 'thrown Error', code: 'exports.handler = async () => { throw new RangeError("too far"); };' },
  { name: 'Error thrown at once', code: 'exports.handler = () => { throw new TypeError("at once"); };' },
  {
    name: 'thrown Error with fields of its own',
    code: `exports.handler = async () => {
      throw Object.assign(new Error("outer \\x7f", { cause: new Error("inner") }), { name: "Own", code: 7 });
    };`,
  },
  { name: 'thrown text', code: 'exports.handler = async () => { throw "text"; };' },
  { name: 'thrown object', code: 'exports.handler = async () => { throw { code: 7 }; };' },
  { name: 'thrown undefined', code: 'exports.handler = async () => { throw undefined; };' },
  { name: 'rejected promise', code: 'exports.handler = () => Promise.reject(new Error("rejected"));' },
];

const ends: readonly FidelityCase[] = [
  { name: 'process.exit with status 0', code: 'exports.handler = async () => process.exit();' },
  { name: 'process.exit with status 3', code: 'exports.handler = async () => process.exit(3);' },
  { name: 'promise that never settles', code: 'exports.handler = () => new Promise(() => {});' },
  {
    name: 'unhandled rejection',
    code: 'exports.handler = async () => { void Promise.reject(new Error("late")); await new Promise(() => {}); };',
  },
  {
    name: 'uncaught exception',
    code: 'exports.handler = () => new Promise(() => setImmediate(() => { throw new Error("late"); }));',
  },
  {
    name: 'out of memory',
    code: 'exports.handler = async () => { for (const kept = []; ; ) kept.push(Array(10_000).fill(kept.length)); };',
  },
  {
    name: 'timeout',
    code: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));',
    configuration: { timeoutSeconds: 1 },
  },
];

const results: readonly FidelityCase[] = [
  { name: 'oversized response', code: 'exports.handler = async () => "x".repeat(6_291_555);' },
  { name: 'largest response', code: 'exports.handler = async () => "x".repeat(6_291_554);' },
  { name: 'undefined result', code: 'exports.handler = async () => undefined;' },
  { name: 'function as result', code: 'exports.handler = async () => () => 1;' },
  { name: 'bigint as result', code: 'exports.handler = async () => ({ total: 1n });' },
  {
    name: 'circular result',
    code: 'exports.handler = async () => { const ring = {}; ring.ring = ring; return ring; };',
  },
];

const initializations: readonly FidelityCase[] = [
  { name: 'missing handler export', code: 'exports.other = () => {};' },
  { name: 'handler that is no function', code: 'exports.handler = 1;' },
  {
    name: 'handler name that leaves the folder',
    code: '',
    configuration: { handler: '../index.handler' },
  },
  { name: 'handler name without an export', code: '', configuration: { handler: 'index' } },
  { name: 'missing module', code: { 'other.js': '' } },
  { name: 'missing dependency', code: 'require("missing-package");' },
  { name: 'syntax error', code: 'exports.handler = async () => {' },
  { name: 'init error', code: 'throw new Error("no table");' },
  {
    name: 'init error of an ES module',
    code: { 'index.mjs': `await ${TASK}; throw new Error("no table");` },
  },
  { name: 'exit while the module loads', code: 'process.exit(4);' },
  {
    name: 'handler with a callback',
    code: 'exports.handler = (event, context, callback) => callback(null, event);',
  },
];

export const cases: readonly FidelityCase[] = [
  ...answers,
  ...thrown,
  ...ends,
  ...results,
  ...initializations,
];
