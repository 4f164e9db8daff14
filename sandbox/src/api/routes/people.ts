import { TOKEN_LIFE_MS } from '../../browser/token.ts';
import { isTestCard, maskPan, readSecurityCode } from '../../cards.ts';
import { statusOf } from '../../endpoints/redirect-ways.ts';
import type { FregiGateway } from '../../gateway.ts';
import type { Token } from '../../ledger/entities.ts';
import { payStoreSlip } from '../../payment-page/store-slip-page.ts';
import { askAtConsole } from '../operate.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  type ApiRoute,
  membersOf,
  object,
  ok,
  problem,
  text,
  yen,
} from '../route.ts';

const ofShop = { shopid: 'of this shop' };

/** Customers, their tokens and charges; issues, slips, notices and mails. */
export const PEOPLE_ROUTES: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: 'tokens',
    summary: 'A single-use token of a test card',
    body: object(
      { pan: text, shopId: text, expiry: { ...text, description: 'MM/YY' }, scode: text },
      ['pan'],
    ),
    answers: { status: 201, what: '{ token }, good for 20 minutes' },
    handle: issueToken,
  },
  {
    method: 'GET',
    path: 'customers',
    summary: 'Registered customers',
    query: ofShop,
    answers: { what: '{ customers }' },
    handle: ({ ledger }, { query }) => {
      const customers = [...ledger.customers.values()]
        .filter(isOf(query))
        .map(({ pan, ...rest }) => ({ ...rest, card: `…${pan.slice(-4)}` }));
      return ok({ customers });
    },
  },
  {
    method: 'POST',
    path: 'customers',
    summary: 'Registers a test card',
    body: object({ shopId: text, customerId: text, pan: text }, ['shopId', 'customerId', 'pan']),
    answers: { status: 201, what: '{ customerId }' },
    handle: registerCustomer,
  },
  {
    method: 'POST',
    path: 'charges',
    summary: 'Charges a customer, as salem.cgi does',
    body: object({ shopId: text, customerId: text, amount: yen, saleOn: text }, [
      'shopId',
      'customerId',
      'amount',
    ]),
    answers: { what: '{ lines }; 409 if refused' },
    handle: charge,
  },
  {
    method: 'POST',
    path: 'charges/bulk',
    summary: 'Charges many, as csvsalem.cgi does',
    body: object({ shopId: text, csv: text }, ['shopId', 'csv']),
    answers: { what: '{ lines }; how it went is told by a notice; 409 if refused' },
    handle: chargeMany,
  },
  {
    method: 'GET',
    path: 'issues',
    summary: 'Payments issued for the payment page',
    query: ofShop,
    answers: { what: '{ issues } with their status, 1 to 7' },
    handle: (gateway, { query }) => {
      const issues = [...gateway.ledger.issues.values()].filter(isOf(query)).map((issue) => ({
        ...issue,
        status: statusOf(issue, gateway.ledger, gateway.now()),
      }));
      return ok({ issues });
    },
  },
  {
    method: 'POST',
    path: 'issues/{settleno}/cancel',
    summary: '発行取消',
    answers: { what: '{ lines }; 409 if refused' },
    handle: async (gateway, { params }) => {
      const issue = gateway.ledger.issues.get(params.settleno ?? '');
      if (issue === undefined)
        return problem(404, { en: 'no such issue', ja: '該当する発行データがありません' });
      const { shopId, settleno } = issue;
      const asked = { SETTLENO: settleno };
      return said(await askAtConsole(gateway, 'compsettlecancel.cgi', shopId, asked));
    },
  },
  {
    method: 'GET',
    path: 'slips',
    summary: 'Slips of convenience stores',
    query: ofShop,
    answers: { what: '{ slips }' },
    handle: ({ ledger }, { query }) =>
      ok({ slips: [...ledger.slips.values()].filter(isOf(query)) }),
  },
  {
    method: 'POST',
    path: 'slips/{seqno}/pay',
    summary: 'Somebody pays at the store',
    answers: { what: '{ slip }; 409 if it is paid or expired' },
    handle: async (gateway, { params }) => {
      const slip = gateway.ledger.slips.get(params.seqno ?? '');
      if (slip === undefined)
        return problem(404, { en: 'no such slip', ja: '該当する払込票がありません' });
      const paid = await payStoreSlip(gateway, slip);
      return paid === null
        ? problem(409, {
            en: 'the slip is paid or expired',
            ja: '払込票は支払済みか、期限が過ぎています',
          })
        : ok({ slip: paid });
    },
  },
  {
    method: 'GET',
    path: 'notices',
    summary: 'Notices, and how they went',
    query: ofShop,
    answers: { what: '{ notices }' },
    handle: ({ ledger }, { query }) =>
      ok({ notices: [...ledger.notices.values()].filter(isOf(query)).reverse() }),
  },
  {
    method: 'GET',
    path: 'mails',
    summary: 'Mails that F-REGI would have sent',
    query: ofShop,
    answers: { what: '{ mails }' },
    handle: ({ ledger }, { query }) => ok({ mails: ledger.mails.filter(isOf(query)).toReversed() }),
  },
];

function isOf(query: URLSearchParams): (item: { readonly shopId: string }) => boolean {
  const shopId = query.get('shopid');
  return (item) => shopId === null || item.shopId === shopId;
}

/** Stands in for the browser's token script: issues a single-use token for a test card. */
async function issueToken(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { pan, shopId, expiry, scode } = membersOf(body);
  if (typeof pan !== 'string' || !isTestCard(pan)) {
    return problem(400, {
      en: 'only test cards have tokens here',
      ja: 'トークンを発行できるのはテストカードだけです',
    });
  }
  const token: Token = {
    token: `tok-${gateway.numbers.key()}`,
    pan: maskPan(pan),
    expiresAt: gateway.now() + TOKEN_LIFE_MS,
    ...(typeof shopId === 'string' ? { shopId } : {}),
    ...(typeof expiry === 'string' ? { expiry } : {}),
    ...(typeof scode === 'string' ? { securityCode: readSecurityCode(scode) } : {}),
  };
  await gateway.record([{ kind: 'token_issued', token }]);
  return { status: 201, body: { token: token.token } };
}

async function registerCustomer(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { shopId, customerId, pan } = membersOf(body);
  if (typeof shopId !== 'string' || typeof customerId !== 'string' || typeof pan !== 'string') {
    return problem(400, {
      en: 'shopId, customerId and pan are wanted',
      ja: 'shopId、customerId、pan を指定してください',
    });
  }
  if (gateway.shop(shopId) === null)
    return problem(400, { en: 'no such shop', ja: '該当する店舗がありません' });
  if (!isTestCard(pan))
    return problem(400, {
      en: 'only test cards can be registered here',
      ja: '登録できるのはテストカードだけです',
    });
  const customer = { shopId, customerId, pan: maskPan(pan), registeredAt: gateway.now() };
  await gateway.record([{ kind: 'customer_registered', customer }]);
  return { status: 201, body: { customerId } };
}

async function charge(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { shopId, customerId, amount, saleOn } = membersOf(body);
  if (typeof shopId !== 'string' || gateway.shop(shopId) === null)
    return problem(400, { en: 'no such shop', ja: '該当する店舗がありません' });
  const parameters = {
    CUSTOMERID: String(customerId ?? ''),
    PAY: String(amount ?? ''),
    SALEDATE: String(saleOn ?? ''),
  };
  return said(await askAtConsole(gateway, 'salem.cgi', shopId, parameters));
}

async function chargeMany(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { shopId, csv } = membersOf(body);
  if (typeof shopId !== 'string' || gateway.shop(shopId) === null)
    return problem(400, { en: 'no such shop', ja: '該当する店舗がありません' });
  return said(await askAtConsole(gateway, 'csvsalem.cgi', shopId, { CSVDATA: String(csv ?? '') }));
}

function said(lines: readonly string[]): ApiAnswer {
  return lines[0] === 'OK' ? ok({ lines }) : { status: 409, body: { lines } };
}
