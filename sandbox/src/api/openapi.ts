import type { ApiRoute } from './route.ts';

/** Builds the API's description from its routes: OpenAPI 3.1. */
export function openApiOf(routes: readonly ApiRoute[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/sandbox/v1/${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'F-REGI sandbox',
      version: '1',
      description: "The sandbox's own API. F-REGI has none of it.",
    },
    paths,
    components: { schemas: { Problem: PROBLEM } },
  };
}

const PROBLEM = {
  type: 'object',
  properties: {
    status: { type: 'integer' },
    detail: { type: 'string' },
    detailJa: { type: 'string' },
  },
  required: ['status', 'detail', 'detailJa'],
};

function operationOf({ method, path, summary, query = {}, body, answers }: ApiRoute) {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(String(name), 'path'));
  const asked = Object.entries(query).map(([name, what]) => parameter(name, 'query', what));
  const { status = 200, type = 'application/json', what } = answers;
  return {
    operationId: `${method.toLowerCase()}_${path.replace(/\W+/g, '_').replace(/_$/, '')}`,
    summary,
    parameters: [...named, ...asked],
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      [status]: { description: what, content: { [type]: {} } },
      default: {
        description: 'What is wrong',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parameter(name: string, place: 'path' | 'query', description = name) {
  return { name, in: place, required: place === 'path', description, schema: { type: 'string' } };
}
