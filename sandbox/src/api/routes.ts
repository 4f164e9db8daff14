import { openApiOf } from './openapi.ts';
import { type ApiRoute, ok } from './route.ts';
import { PEOPLE_ROUTES } from './routes/people.ts';
import { TRANSACTION_ROUTES } from './routes/transactions.ts';
import { TROUBLE_ROUTES } from './routes/trouble.ts';

/** The whole API, including its own description. */
export const ROUTES: readonly ApiRoute[] = [
  ...TRANSACTION_ROUTES,
  ...PEOPLE_ROUTES,
  ...TROUBLE_ROUTES,
  {
    method: 'GET',
    path: 'openapi.json',
    summary: 'This description',
    answers: { what: 'OpenAPI 3.1' },
    handle: () => ok(openApiOf(ROUTES)),
  },
];
