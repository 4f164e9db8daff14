import { listenHttp } from '../../test/kit/servers.ts';

type Received = {
  readonly method: string;
  readonly values: Readonly<Record<string, string>>;
};

/** A shop that listens for notices. A test can change its answer. */
export type Receiver = {
  readonly url: string;
  readonly notices: readonly Received[];
  answer: string;
};

export async function listenForNotices(): Promise<Receiver> {
  const notices: Received[] = [];
  const { port } = await listenHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = Buffer.concat(chunks).toString('latin1');
      notices.push({ method: request.method ?? '', values: parseEuc(form) });
      response.end(receiver.answer);
    });
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/notice`,
    notices,
    answer: 'OK\n',
  };
  return receiver;
}

/** Parses a form of percent-encoded EUC-JP; any other charset fails. */
function parseEuc(form: string): Record<string, string> {
  const pairs = form.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    const bytes = value.replace(/%([0-9A-F]{2})/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    const text = new TextDecoder('euc-jp', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
    return [name, text] as const;
  });
  return Object.fromEntries(pairs);
}
