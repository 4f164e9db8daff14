import { auth, authm } from './authorize.ts';
import { customerinfo, leavecustomer } from './customers.ts';
import { csvsalem, salem } from './monthly.ts';
import { authcancel, authchange, sale, salecancel, salechange } from './operations.ts';
import type { Endpoint } from './outcome.ts';
import { compsettleapply, compsettlecancel, compsettlechange, compsettleinfo } from './redirect.ts';
import { convorder } from './store-slip.ts';

/** The CGIs under /connect/ and /connecttest/ (protocol §3). */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'authm.cgi': authm,
  'auth.cgi': auth,
  'sale.cgi': sale,
  'authcancel.cgi': authcancel,
  'salecancel.cgi': salecancel,
  'authchange.cgi': authchange,
  'salechange.cgi': salechange,
  'salem.cgi': salem,
  'csvsalem.cgi': csvsalem,
  'customerinfo.cgi': customerinfo,
  'leavecustomer.cgi': leavecustomer,
  'compsettleapply.cgi': compsettleapply,
  'compsettlecancel.cgi': compsettlecancel,
  'compsettlechange.cgi': compsettlechange,
  'compsettleinfo.cgi': compsettleinfo,
  'convorder.cgi': convorder,
};

/** Returns the CGI of a name, or null if there is none. */
export function findEndpoint(cgi: string): Endpoint | null {
  return Object.hasOwn(ENDPOINTS, cgi) ? (ENDPOINTS[cgi] ?? null) : null;
}
