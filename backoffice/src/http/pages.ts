import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './errors.ts';
import { edgeProblem } from './problems.ts';
import { localeOf } from './route.ts';

/**
 * The screens, as they were built. Every path that is not the API’s is a place in them, and the
 * screens themselves say when there is no such place.
 */
export async function servePages(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      // Assets carry a hash in their names and never change; the page that names them may.
      const forever = path.includes('/assets/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache';
      reply.header('cache-control', forever);
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(v1|api|assets)\//.test(request.url);
    if (isPage) return reply.sendFile('index.html');
    return sendProblem(edgeProblem('not_found', localeOf(request)), request, reply);
  });
}
