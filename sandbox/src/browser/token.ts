import { brandOf, isTestCard, maskPan, readSecurityCode } from '../cards.ts';
import { readExpiry } from '../endpoints/card.ts';
import type { FregiGateway } from '../gateway.ts';
import type { Token } from '../ledger/entities.ts';
import { formatInstant } from '../time.ts';
import type { Visit } from '../visit.ts';
import { type Parameters, parseParameters } from '../wire/form.ts';
import { TOKEN_SCRIPT } from './token-script.ts';

/** The life of a token. The limit is confirmed; the twenty minutes are invented. */
export const TOKEN_LIFE_MS = 20 * 60_000;

/** The answer to the page; the codes are confirmed (protocol §6). */
type TokenResult = {
  readonly result: string;
  readonly cardobject: {
    readonly token: string;
    readonly maskedpan: string;
    readonly validity: string;
  } | null;
};

const CORS = { 'access-control-allow-origin': '*', 'x-sandbox': '1', 'cache-control': 'no-store' };

/** Answers the token script and its requests, under /token/ and /tokentest/ (protocol §6). */
export async function answerToken({
  gateway,
  path,
  body,
  request,
  response,
}: Visit): Promise<void> {
  const [, folder, file] = path;
  if (request.method === 'GET' && folder === 'static' && file === 'base.js') {
    response.writeHead(200, { ...CORS, 'content-type': 'text/javascript; charset=utf-8' });
    return void response.end(TOKEN_SCRIPT);
  }
  if (request.method === 'POST' && folder === 'sandbox' && file === 'issue') {
    const said = await issue(gateway, parseParameters(body.toString('latin1')));
    response.writeHead(200, { ...CORS, 'content-type': 'application/json' });
    return void response.end(JSON.stringify(said));
  }
  response.writeHead(404, { ...CORS, 'content-type': 'text/plain' });
  response.end('Not Found\n');
}

/** Issues a token for a card, or the code of its mistake. */
async function issue(gateway: FregiGateway, asked: Parameters): Promise<TokenResult> {
  const value = (name: string) => asked.get(name) ?? '';
  const shop = gateway.shop(value('shopid'));
  if (shop === null) return refused('101');
  if (shop.tokenKey !== undefined && shop.tokenKey !== value('key')) return refused('102');
  const pan = value('pan').replace(/[ -]/g, '');
  if (!isTestCard(pan)) return refused('201');
  const now = gateway.now();
  const [month, year] = [value('expiry_mm'), value('expiry_yy')];
  if (!/^(0[1-9]|1[0-2])$/.test(month)) return refused('202');
  const expiry = readExpiry({ month, year }, now, { name: '', code: '' });
  if (typeof expiry !== 'string') return refused('203');
  if (!/^[\x20-\x7e]{1,45}$/.test(value('cardname'))) return refused('204');
  const code = value('scode');
  const { securityDigits } = brandOf(pan);
  const isCode = code.length <= securityDigits && /^\d{3,4}$/.test(code);
  if (code === '' ? shop.needsSecurityCode : !isCode) return refused('205');
  const token: Token = {
    token: gateway.numbers.key(),
    pan: maskPan(pan),
    expiresAt: now + TOKEN_LIFE_MS,
    shopId: shop.shopId,
    expiry,
    securityCode: readSecurityCode(code || null),
  };
  await gateway.record([{ kind: 'token_issued', token }]);
  const validity = formatInstant(token.expiresAt);
  return { result: '000', cardobject: { token: token.token, maskedpan: token.pan, validity } };
}

function refused(result: string): TokenResult {
  return { result, cardobject: null };
}
