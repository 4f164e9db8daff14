import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FregiGateway } from './gateway.ts';

/** A request whose body has been read. */
export type Visit = {
  readonly gateway: FregiGateway;
  readonly url: URL;
  /** Path segments. */
  readonly path: readonly string[];
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};
