import { keptSecret } from '../secrets.ts';
import { createDb } from '../store/db/db.ts';
import { migrate } from '../store/db/migrate.ts';
import { prepareServiceRole, serviceUrl } from '../store/db/service-role.ts';

/**
 * Migrates an embedded database as its owner, and returns the address by which the service works
 * with it: as a role that adds to journals, logs and seals and cannot rewrite them.
 */
export async function openForService(ownerUrl: string, dataDirectory: string): Promise<string> {
  const password = await keptSecret(dataDirectory, 'service-password');
  const db = createDb(ownerUrl, { max: 2 });
  try {
    await migrate(db);
    await prepareServiceRole(db, password);
  } finally {
    await db.end();
  }
  return serviceUrl(ownerUrl, password);
}
