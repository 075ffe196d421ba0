import { createHash } from 'node:crypto';

type AttributeValue = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, AttributeValue>>;

interface Answer {
  readonly status: number;
  readonly content: unknown;
  /** Statements or actions beyond a plain call. */
  readonly parts: number;
}

/** The fields of a request that the operations here read. */
export interface Input extends Put, Update {
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
  readonly Statements: readonly {
    readonly Statement: string;
    readonly Parameters: readonly AttributeValue[];
  }[];
  readonly TransactItems: readonly Action[];
  readonly MessageBody: string;
}

interface Action {
  readonly Put?: Put;
  readonly Update?: Update;
}

interface Put {
  readonly Item: Item;
  readonly ConditionExpression?: string;
}

interface Update {
  readonly Key: Item;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

const done = (content: unknown = {}, parts = 0): Answer => ({ status: 200, content, parts });
const TAKEN: Answer = {
  status: 400,
  content: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' },
  parts: 0,
};

/** SQS answers with it, and its client compares. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * The part of DynamoDB that invoices, reservations and stock need, where the whole key identifies an item, and a queue that forgets
 * its messages.
 */
export class MockTables {
  readonly #items = new Map<string, Item>();
  readonly #stock: Map<string, number>;

  /** @param stock - pieces by sku; a sku that is not named never runs out. */
  constructor(stock: Readonly<Record<string, number>>) {
    this.#stock = new Map(Object.entries(stock));
  }

  apply(operation: string, input: Input): Answer {
    switch (operation) {
      case 'PutItem':
        return this.#put(input);
      case 'UpdateItem':
        return this.#update(input);
      case 'GetItem':
        return done({ Item: this.#items.get(nameOf(input.Key)) });
      case 'BatchGetItem':
        return this.#batchGet(input);
      case 'BatchExecuteStatement':
        return this.#insertAll(input);
      case 'TransactWriteItems':
        return this.#transact(input);
      case 'SendMessage':
        return done({ MessageId: '1', MD5OfMessageBody: md5(input.MessageBody) });
      default:
        return done();
    }
  }

  #put({ Item: item, ConditionExpression: condition }: Put): Answer {
    const name = nameOf(item);
    const existing = this.#items.get(name);
    if (condition !== undefined && existing !== undefined)
      return { ...TAKEN, content: { ...(TAKEN.content as object), Item: existing } };
    this.#items.set(name, item);
    return done();
  }

  /** Applies the assignments of an update; its conditions are ignored. */
  #update({ Key: key, UpdateExpression: expression = '', ...update }: Update): Answer {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = update;
    const assigned = Array.from(
      expression.matchAll(/([#\w]+) = (:\w+)/g),
      ([, name = '', value = '']) => [names?.[name] ?? name, values?.[value] ?? {}] as const,
    );
    const name = nameOf(key);
    this.#items.set(name, { ...(this.#items.get(name) ?? key), ...Object.fromEntries(assigned) });
    return done();
  }

  #batchGet({ RequestItems }: Input): Answer {
    const found = Object.entries(RequestItems).map(
      ([table, { Keys }]) => [table, Keys.flatMap((key) => this.#read(key))] as const,
    );
    return done({ Responses: Object.fromEntries(found) });
  }

  #read(key: Item): Item[] {
    const sku = skuOf(key);
    if (sku !== undefined)
      return [{ ...key, available: { N: String(this.#stock.get(sku) ?? Number.MAX_SAFE_INTEGER) } }];
    const item = this.#items.get(nameOf(key));
    return item === undefined ? [] : [item];
  }

  /** Omits the conflicting item from the answer, as DynamoDB may. */
  #insertAll({ Statements }: Input): Answer {
    const responses = Statements.map(({ Statement, Parameters }) => {
      const names = Array.from(Statement.matchAll(/'([^']+)': \?/g), ([, name = '']) => name);
      const item = Object.fromEntries(names.map((name, index) => [name, Parameters[index] ?? {}]));
      const key = nameOf(item);
      if (this.#items.has(key)) return { Error: { Code: 'DuplicateItem' } };
      this.#items.set(key, item);
      return { TableName: 'bench' };
    });
    return done({ Responses: responses }, Statements.length - 1);
  }

  #transact({ TransactItems }: Input): Answer {
    const reasons = TransactItems.map((action) => this.#reasonAgainst(action));
    const parts = TransactItems.length;
    if (reasons.some(({ Code }) => Code !== 'None'))
      return {
        status: 400,
        content: {
          __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
          CancellationReasons: reasons,
        },
        parts,
      };
    for (const { Put: put, Update: update } of TransactItems) {
      if (put !== undefined) this.#items.set(nameOf(put.Item), put.Item);
      else if (update !== undefined) this.#take(update);
    }
    return done({}, parts);
  }

  #reasonAgainst({ Put: put, Update: update }: Action): {
    Code: string;
    Item?: Item;
  } {
    const existing = put === undefined ? undefined : this.#items.get(nameOf(put.Item));
    if (existing !== undefined) return { Code: 'ConditionalCheckFailed', Item: existing };
    const sku = update === undefined ? undefined : skuOf(update.Key);
    const isShort = sku !== undefined && (this.#stock.get(sku) ?? Infinity) < quantityOf(update);
    return { Code: isShort ? 'ConditionalCheckFailed' : 'None' };
  }

  #take(update: Update): void {
    const sku = skuOf(update.Key);
    const available = sku === undefined ? undefined : this.#stock.get(sku);
    if (sku !== undefined && available !== undefined) this.#stock.set(sku, available - quantityOf(update));
  }
}

function nameOf({ pk, sk, id }: Item): string {
  return JSON.stringify([pk, sk, id]);
}

function skuOf({ pk }: Item): string | undefined {
  const name = String(pk?.['S']);
  return name.startsWith('SKU#') ? name.slice('SKU#'.length) : undefined;
}

function quantityOf(update: Update | undefined): number {
  return Number(update?.ExpressionAttributeValues?.[':quantity']?.['N'] ?? 0);
}
