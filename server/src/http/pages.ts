import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './errors.ts';
import { edgeProblem } from './problems/problems.ts';
import { UNREADABLE } from './request.ts';
import { localeOf } from './route.ts';

/**
 * Serves the built screens; null serves none. Every path outside of the API belongs to them, and
 * they report a missing page themselves.
 */
export async function servePages(app: FastifyInstance, directory: string | null): Promise<void> {
  const built = directory !== null && existsSync(join(directory, 'index.html'));
  if (built) await app.register(fastifyStatic, filesOf(directory));
  app.setNotFoundHandler((request, reply) => {
    if (built && isPage(request)) return reply.sendFile('index.html');
    const problem = request.url === UNREADABLE ? 'malformed_body' : 'not_found';
    return sendProblem(edgeProblem(problem, localeOf(request)), request, reply);
  });
}

function filesOf(root: string) {
  return {
    root,
    wildcard: false,
    // The build also stores each text file compressed.
    preCompressed: true,
    globIgnore: ['**/*.br', '**/*.gz'],
    cacheControl: false,
    setHeaders(reply: Pick<FastifyReply, 'header'>, path: string) {
      // Assets have a hash in their names and never change; the page that names them may.
      const forever = path.includes('/assets/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache';
      reply.header('cache-control', forever);
    },
  };
}

function isPage({ method, url }: FastifyRequest): boolean {
  return method === 'GET' && !/^\/(v1|api|assets)(\/|$)/.test(url);
}
