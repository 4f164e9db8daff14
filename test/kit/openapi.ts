import type { Renkei } from '../../server/src/assemble.ts';

/** The part of JSON Schema that the OpenAPI document uses. */
type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
};

/** One place in a request that takes a text: in the path, the query or the body. */
export type TextPlace = {
  readonly method: string;
  /** With its parameters in braces, as in the document. */
  readonly url: string;
  readonly where: 'path' | 'query' | 'body';
  /** The steps from the top; only the name in a path or a query. */
  readonly steps: readonly string[];
  readonly schema: JsonSchema;
  /** Builds the request with a value at this place, and all else that the schema demands. */
  readonly request: (value: unknown) => { readonly path: string; readonly body?: unknown };
};

type Parameter = { readonly in: string; readonly name: string; readonly schema: JsonSchema };
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
};

/** Returns every text that a request of the API may hold, by the API's own description. */
export function textPlaces(app: Renkei['app']): TextPlace[] {
  const { paths = {} } = app.swagger() as {
    paths?: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([url, operations]) =>
    Object.entries(operations)
      .filter(([method]) => method !== 'head')
      .flatMap(([method, operation]) => placesOf(method.toUpperCase(), url, operation)),
  );
}

/** A route of the document with the smallest body that it takes; undefined if it takes none. */
export type SampleRequest = {
  readonly method: string;
  /** With its parameters in braces, as in the document. */
  readonly url: string;
  readonly body: unknown;
};

/** Returns each route of the document, with a body that its schema takes. */
export function sampleRequests(app: Renkei['app']): SampleRequest[] {
  const { paths = {} } = app.swagger() as {
    paths?: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([url, operations]) =>
    Object.entries(operations)
      .filter(([method]) => method !== 'head')
      .map(([method, { requestBody }]) => {
        const schema = requestBody?.content['application/json']?.schema;
        const body = schema === undefined ? undefined : sampleOf(schema);
        return { method: method.toUpperCase(), url, body };
      }),
  );
}

function placesOf(method: string, url: string, operation: Operation): TextPlace[] {
  const { parameters = [], requestBody } = operation;
  const pathOf = (given: Readonly<Record<string, string>> = {}) =>
    url.replace(/\{(\w+)\}/g, (_, name: string) => {
      const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema;
      return encodeURIComponent(given[name] ?? String(sampleOf(schema ?? { type: 'string' })));
    });
  const body = requestBody?.content['application/json']?.schema;
  const sample = body === undefined ? {} : { body: sampleOf(body) };
  const named = parameters
    .filter(({ in: where, schema }) => where !== 'header' && isText(schema))
    .map(({ in: where, name, schema }): TextPlace => {
      const inPath = where === 'path';
      const request = (value: unknown) => ({
        path: inPath
          ? pathOf({ [name]: String(value) })
          : `${pathOf()}?${queryOf(parameters, { [name]: String(value) })}`,
        ...sample,
      });
      return { method, url, where: inPath ? 'path' : 'query', steps: [name], schema, request };
    });
  const within = body === undefined ? [] : leavesOf(body);
  return [
    ...named,
    ...within.map(({ steps, schema, build }): TextPlace => {
      const request = (value: unknown) => ({ path: pathOf(), body: build(value) });
      return { method, url, where: 'body', steps, schema, request };
    }),
  ];
}

function queryOf(parameters: readonly Parameter[], given: Readonly<Record<string, string>>) {
  const needed = parameters
    .filter((one) => one.in === 'query' && 'required' in one && one.required === true)
    .map(({ name, schema }) => [name, String(sampleOf(schema))]);
  return new URLSearchParams({ ...Object.fromEntries(needed), ...given }).toString();
}

type Leaf = {
  readonly steps: readonly string[];
  readonly schema: JsonSchema;
  readonly build: (value: unknown) => unknown;
};

/** Returns every text within a value of a schema, and how to build a value around it. */
function leavesOf(schema: JsonSchema): Leaf[] {
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return choices.flatMap(leavesOf);
  if (isText(schema)) return [{ steps: [], schema, build: (value) => value }];
  if (schema.items !== undefined) {
    return leavesOf(schema.items).map(({ steps, schema: leaf, build }) => ({
      steps: ['0', ...steps],
      schema: leaf,
      build: (value) => [build(value)],
    }));
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    leavesOf(part).map(({ steps, schema: leaf, build }) => ({
      steps: [name, ...steps],
      schema: leaf,
      build: (value: unknown) => ({ ...(sampleOf(schema) as object), [name]: build(value) }),
    })),
  );
}

function isText({ type, enum: words, const: word }: JsonSchema): boolean {
  return type === 'string' && words === undefined && word === undefined;
}

const WORDS = [
  '1',
  '12',
  '12345',
  'a@example.jp',
  'Abc123',
  '',
  '000000000000',
  '0'.repeat(20),
  '11111111-1111-4111-8111-111111111111',
  'x'.repeat(43),
  '2026-11',
  '2026-11-14',
  '2026-11-14T00:00:00.000Z',
  '100-0001',
  'a long enough password',
];
const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-11-14',
  'date-time': '2026-11-14T00:00:00.000Z',
  month: '2026-11',
  uuid: '11111111-1111-4111-8111-111111111111',
  email: 'a@example.jp',
};

/** Returns the smallest value that a schema takes. */
function sampleOf(schema: JsonSchema): unknown {
  const { type, properties = {}, required = [] } = schema;
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (choice !== undefined) return sampleOf(choice);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (type) {
    case 'string':
      return wordOf(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return false;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
    case 'null':
      return null;
    default: {
      const needed = Object.entries(properties).filter(([name]) => required.includes(name));
      return Object.fromEntries(needed.map(([name, part]) => [name, sampleOf(part)]));
    }
  }
}

function wordOf({ format = '', pattern = '', minLength = 0, maxLength = 9_999 }: JsonSchema) {
  const known = BY_FORMAT[format];
  if (known !== undefined) return known;
  const fits = (word: string) =>
    new RegExp(pattern, 'u').test(word) && word.length >= minLength && word.length <= maxLength;
  const word = WORDS.find(fits);
  if (word === undefined) throw new Error(`no word for ${pattern}, ${minLength} to ${maxLength}`);
  return word;
}
