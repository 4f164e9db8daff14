import { serviceUrl } from '../../server/src/store/db/service-role.ts';

/** The password of the service's role in every database of the tests. */
export const SERVICE_PASSWORD = 'of the tests';

/** Returns a database's address for the service: every server of the tests owns nothing. */
export function asService(url: string): string {
  return serviceUrl(url, SERVICE_PASSWORD);
}
