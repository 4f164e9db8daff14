import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../server/src/embedded/postgres.ts';
import { createDb } from '../../server/src/store/db/db.ts';
import { migrate } from '../../server/src/store/db/migrate.ts';
import { prepareServiceRole } from '../../server/src/store/db/service-role.ts';
import { SERVICE_PASSWORD } from './service.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/**
 * A test that pulls the plug starts a server of its own, with all its durability. Commits stay
 * synchronous: after an asynchronous commit VACUUM leaves pages unmarked, and plans change by
 * chance.
 */
const SETTINGS = { fsync: 'off', full_page_writes: 'off' };

/** Starts one real PostgreSQL for a whole test run, with a migrated database to copy from. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-test-'));
  const postgres = await startPostgres({ directory, settings: SETTINGS });
  const end = async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
  await makeTemplate(postgres.url).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  project.provide('postgresUrl', postgres.url);
  return end;
}

async function makeTemplate(url: string): Promise<void> {
  const admin = createDb(url, { max: 1 });
  await admin.query('create database template');
  await admin.end();
  const template = createDb(url.replace(/postgres$/, 'template'), { max: 1 });
  try {
    await migrate(template);
    await prepareServiceRole(template, SERVICE_PASSWORD);
  } finally {
    await template.end();
  }
}
