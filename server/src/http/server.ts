import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { VERSION } from '../places.ts';
import type { Backoffice } from './backoffice.ts';
import { answerErrors, answerFrameworkError } from './errors.ts';
import { guard } from './guard.ts';
import { servePages } from './pages.ts';
import { isReadable, lineOf, type RequestLine, UNREADABLE } from './request.ts';
import { accountRoutes } from './routes/account/account.ts';
import { authRoutes } from './routes/account/auth.ts';
import { resetRoutes } from './routes/account/resets.ts';
import { activityRoutes } from './routes/attention/activity.ts';
import { attentionRoutes } from './routes/attention/attention.ts';
import { readerRoutes } from './routes/attention/readers.ts';
import { reconciliationRoutes } from './routes/attention/reconciliation.ts';
import { repairRoutes } from './routes/attention/repairs.ts';
import { safeModeRoutes } from './routes/attention/safe-mode.ts';
import { sightingRoutes } from './routes/attention/sightings.ts';
import { verificationRoutes } from './routes/attention/verifications.ts';
import { csvLayoutRoutes } from './routes/lists/csv-layouts.ts';
import { deadlineRoutes } from './routes/lists/deadlines.ts';
import { exportRoutes } from './routes/lists/exports.ts';
import { fileAnswerRoutes } from './routes/lists/file-answers.ts';
import { homeRoutes } from './routes/lists/home.ts';
import { importRoutes } from './routes/lists/imports.ts';
import { listRoutes } from './routes/lists/lists.ts';
import { authorizationRoutes } from './routes/orders/authorizations.ts';
import { cardholderRoutes } from './routes/orders/cardholder.ts';
import { lookRoutes } from './routes/orders/looks.ts';
import { movementRoutes } from './routes/orders/movements.ts';
import { operationRoutes } from './routes/orders/operations.ts';
import { orderCommandRoutes } from './routes/orders/order-commands.ts';
import { orderMailRoutes } from './routes/orders/order-mails.ts';
import { orderVersionRoutes } from './routes/orders/order-versions.ts';
import { orderRoutes } from './routes/orders/orders.ts';
import { proposalRoutes } from './routes/orders/proposals.ts';
import { redirectPaymentRoutes } from './routes/orders/redirect-payments.ts';
import { reviewRoutes } from './routes/orders/reviews.ts';
import { shippingRoutes } from './routes/orders/shipping.ts';
import { runResultRoutes } from './routes/runs/run-results.ts';
import { runRoutes } from './routes/runs/runs.ts';
import { erasureRoutes } from './routes/shop/erasures.ts';
import { invitationRoutes } from './routes/shop/invitations.ts';
import { templateRoutes } from './routes/shop/mails.ts';
import { meRoutes } from './routes/shop/me.ts';
import { memberRoutes } from './routes/shop/members.ts';
import { overdueRoutes } from './routes/shop/overdue-deliveries.ts';
import { settingsRoutes } from './routes/shop/settings.ts';
import { subscriptionRoutes } from './routes/shop/subscriptions.ts';
import { waitingMailRoutes } from './routes/shop/waiting-mails.ts';
import { healthRoutes } from './routes/system/health.ts';
import { noticeRoutes } from './routes/system/notices.ts';

export type ServerOptions = {
  /** The directory of the built screens; null serves the API alone. */
  readonly webDirectory: string | null;
  /** Addresses and networks of our own proxies, whose X-Forwarded-For the server believes. */
  readonly trustedProxies: readonly string[];
  readonly onRequestDone?: (line: RequestLine) => void;
  readonly onError: (error: unknown) => void;
};

const BODY_LIMIT = 1024 * 1024;
/** The time for a whole request to arrive, in milliseconds; 64 MiB come at 5 Mbit a second. */
const ARRIVE_MS = 120_000;

/** Creates the server of the API and the screens. It does not listen yet. */
export async function createServer(
  backoffice: Backoffice,
  options: ServerOptions,
): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: ARRIVE_MS,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // So that even the answer to a broken URL has all headers, and a line in the log.
    rewriteUrl: ({ url = '/' }) => (isReadable(url) ? url : UNREADABLE),
    frameworkErrors: answerFrameworkError,
    routerOptions: { maxParamLength: 200 },
  });
  app.decorate('declaredRoutes', []);
  app.decorateRequest('admission', null);
  app.decorateRequest('fileSeat', null);
  app.decorateRequest('readTurn', null);
  app.decorateRequest('person', null);
  app.decorateRequest('problem', null);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await protect(app, backoffice.publicUrl);
  await describe(app);
  observe(app, backoffice, options);
  answerErrors(app, options.onError);
  guard(app, backoffice.publicUrl);
  acceptFiles(app);
  for (const routes of ROUTES) routes(app, backoffice);
  serveDescription(app);
  await servePages(app, options.webDirectory);
  return app;
}

const ROUTES = [
  healthRoutes,
  authRoutes,
  accountRoutes,
  resetRoutes,
  meRoutes,
  orderRoutes,
  listRoutes,
  orderCommandRoutes,
  proposalRoutes,
  redirectPaymentRoutes,
  erasureRoutes,
  memberRoutes,
  invitationRoutes,
  movementRoutes,
  noticeRoutes,
  operationRoutes,
  runRoutes,
  runResultRoutes,
  shippingRoutes,
  authorizationRoutes,
  cardholderRoutes,
  subscriptionRoutes,
  overdueRoutes,
  settingsRoutes,
  importRoutes,
  fileAnswerRoutes,
  attentionRoutes,
  repairRoutes,
  lookRoutes,
  sightingRoutes,
  reviewRoutes,
  reconciliationRoutes,
  deadlineRoutes,
  homeRoutes,
  activityRoutes,
  readerRoutes,
  verificationRoutes,
  orderVersionRoutes,
  exportRoutes,
  csvLayoutRoutes,
  templateRoutes,
  orderMailRoutes,
  waitingMailRoutes,
  safeModeRoutes,
];

/** Allows scripts from ourselves only, no framing, no referrer to other sites, and no caching. */
async function protect(app: FastifyInstance, publicUrl: string): Promise<void> {
  const secure = publicUrl.startsWith('https:');
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library writes its measures into style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: secure,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

/** Serves the description of the API; it is written once, because writing takes a second. */
function serveDescription(app: FastifyInstance): void {
  let written: string | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    written ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(written);
  });
}

/** OpenAPI 3.1, made from the same schemas that check the requests. */
async function describe(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Renkei',
        version: VERSION,
        description:
          'The order back office that moves card money at F-REGI. Amounts are whole yen, instants ' +
          'UTC, dates JST. A POST that moves money carries Idempotency-Key, a change of an order ' +
          'If-Match, which holds while nothing but mails has gone out since. From the shop’s limits on, what moves money is refused with 428 until a ' +
          'person has typed it: the problem’s `confirm`, and `confirm` of a preview, name the ' +
          'value to send as Renkei-Confirm. Errors are problem details (RFC 9457), in Japanese or English by ' +
          'Accept-Language.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'renkei.session_token' },
        },
      },
      security: [{ session: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

function observe(
  app: FastifyInstance,
  { metrics }: Backoffice,
  { onRequestDone }: ServerOptions,
): void {
  app.addHook('onResponse', async (request, reply) => {
    const tookMs = reply.elapsedTime;
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: String(reply.statusCode),
    };
    metrics.requests.observe(labels, tookMs / 1000);
    onRequestDone?.({ ...lineOf(request), status: reply.statusCode, tookMs: Math.round(tookMs) });
  });
}

/** Takes a file as it is: the body holds its bytes. */
function acceptFiles(app: FastifyInstance): void {
  app.addContentTypeParser(
    ['text/csv', 'application/octet-stream'],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
}
