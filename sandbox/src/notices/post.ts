import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

const DEADLINE_MS = 30_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/**
 * Posts a form. Resolves to the answer's text, or to the failure in parentheses, which no answer of
 * OK looks like. It never rejects and follows no redirect.
 */
export function post(address: string, body: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const url = new URL(address);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-sandbox': '1',
      connection: 'close',
    };
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const options = { method: 'POST', headers, signal: AbortSignal.any([signal, deadline]) };
    const asked = send(url, options, (response) => {
      let said = '';
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => {
        said += chunk;
        if (said.length > ANSWER_BYTES_MAX) asked.destroy(new Error('the answer is too long'));
      });
      response.on('error', fail);
      response.on('end', () => {
        const { statusCode = 0 } = response;
        resolve(statusCode >= 200 && statusCode < 300 ? said : `(HTTP ${statusCode})`);
      });
    });
    asked.on('error', fail);
    asked.end(body);

    function fail({ message }: Error): void {
      resolve(`(${message})`);
    }
  });
}
