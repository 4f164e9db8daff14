import type { Visit } from '../visit.ts';
import { BadRequest } from '../wire/form.ts';
import { originOf } from '../wire/origin.ts';
import { type ApiAnswer, type ApiRoute, problem } from './route.ts';
import { ROUTES } from './routes.ts';

/**
 * The sandbox's own API under /sandbox/v1/: seeding, and everything that the console can do. JSON
 * in, JSON out. It answers once all that the answer tells is on disk.
 */
export async function answerApi({
  gateway,
  url,
  path,
  body,
  request,
  response,
}: Visit): Promise<void> {
  const found = findRoute(request.method ?? 'GET', path.slice(2));
  const asked = { query: url.searchParams, origin: originOf(request) };
  const said: ApiAnswer =
    found === null
      ? problem(404, {
          en: 'no such resource',
          ja: '該当する機能がありません。GET openapi.json で一覧を確認してください',
        })
      : await found.route.handle(gateway, {
          ...asked,
          params: found.params,
          body: parseJson(body),
        });
  await gateway.settled();
  const isRaw = typeof said.body === 'string' || Buffer.isBuffer(said.body);
  response.writeHead(said.status, {
    'content-type': said.type ?? 'application/json',
    'x-sandbox': '1',
  });
  response.end(isRaw ? said.body : `${JSON.stringify(said.body)}\n`);
}

type FoundRoute = { readonly route: ApiRoute; readonly params: Readonly<Record<string, string>> };

function findRoute(method: string, path: readonly string[]): FoundRoute | null {
  for (const route of ROUTES) {
    if (route.method !== method) continue;
    const params = match(route.path.split('/'), path);
    if (params !== null) return { route, params };
  }
  return null;
}

/** Returns the values for the names of a path; null if it is another path. */
function match(wanted: readonly string[], path: readonly string[]): Record<string, string> | null {
  if (wanted.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = path[index] ?? '';
    else if (part !== path[index]) return null;
  }
  return params;
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadRequest({ en: 'the body is not JSON', ja: '本文がJSONではありません' });
  }
}
