import {
  type ExportChoices,
  LIMITED_KINDS,
  LINKED_KINDS,
  type LimitedKind,
} from '@renkei/contract';
import type { TFunction } from 'i18next';
import { jaWords } from '../../locale/ja/words.ts';
import { formatYen } from '../../ui/browser/format.ts';
import type { Difference } from '../../ui/data/differences.tsx';
import { answerText } from '../file-answers/answer-text.ts';

/** Settings for comparison and the log, by name; a missing setting is not compared. */
export type Values = Readonly<Record<string, unknown>>;

type DescribedLine = readonly [name: string, value: string];

/** The differences between two states of settings, of a mail, or of a layout, in words. */
export function differencesOf(
  t: TFunction,
  before: Values,
  after: Values,
  fields: ExportChoices['fields'] = [],
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const linesOf = (values: Values) =>
    new Map(names.flatMap((name) => describe(t, name, values[name], fields)));
  const [from, to] = [linesOf(before), linesOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((name) => ({ name, from: from.get(name) ?? '', to: to.get(name) ?? '' }))
    .filter((line) => line.from !== line.to);
}

/** A setting in words; several lines if it has several parts. */
function describe(
  t: TFunction,
  name: string,
  value: unknown,
  fields: ExportChoices['fields'],
): DescribedLine[] {
  if (value === undefined || value === null) return [];
  switch (name) {
    case 'payment_method':
    case 'shipment_column':
    case 'character':
      return [[t(`answers.kind.${name}`), answerText(t, { kind: name, answer: String(value) })]];
    case 'linkEnabled':
      return [[t('settings.link'), t(value === true ? 'settings.linkOn' : 'settings.linkOff')]];
    case 'inquiry':
      return [[t('settings.inquiry'), onOff(t, value)]];
    case 'shopName':
      return [[t('settings.shopName'), String(value)]];
    case 'environment':
      return [[t('settings.environment'), t(`words.environment.${oneOf(ENVIRONMENT, value)}`)]];
    case 'fregiShopId':
      return [[t('settings.shopId'), String(value)]];
    case 'baseUrl':
    case 'inquiryUrl':
      return [[t(`settings.${name}`), String(value)]];
    case 'captureDeadlineDays':
      return [[t('settings.deadline'), t('settings.days', { count: Number(value) })]];
    case 'retentionYears':
      return [[t('settings.erasure.retention'), yearsText(t, value)]];
    case 'requireTwoFactor':
      return [[t('settings.requireTwoFactor'), onOff(t, value)]];
    case 'sessionEnds':
      return [
        [t('settings.sessionIdle'), String(at(value, 'idleMinutes'))],
        [t('settings.sessionHours'), String(at(value, 'hours'))],
      ];
    case 'digest':
      return [[t('settings.digest'), onOff(t, value)]];
    case 'captureDeadlines':
      return LINKED_KINDS.map((kind) => [
        t('settings.payment.of', {
          kind: t(`words.kind.${kind}`),
          name: t('settings.payment.deadline'),
        }),
        daysText(t, at(value, kind)),
      ]);
    case 'confirm':
      return [
        [t('settings.confirmOrders'), t('bulk.orders', { count: Number(at(value, 'orders')) })],
        [t('settings.confirmYen'), formatYen(Number(at(value, 'yen')))],
      ];
    case 'limits':
      return limitLines(t, value);
    case 'paymentPolicies':
      return entriesOf(value).flatMap(([kind, policy]) => policyLines(t, kind, policy));
    case 'shipper':
      return SHIPPER_FIELDS.map((field) => [
        t(`settings.shipper.${field}`),
        String(at(value, field) ?? ''),
      ]);
    case 'sending':
      return [[t('mails.sending'), t(`mails.sendingName.${oneOf(SENDING, value)}`)]];
    case 'per':
      return [[t('settings.csv.per'), t(`settings.csv.perName.${oneOf(PER, value)}`)]];
    case 'encoding':
      return [[t('settings.csv.encoding'), t(`settings.csv.encodings.${oneOf(ENCODING, value)}`)]];
    case 'columns':
      return [[t('settings.csv.columns'), columnsText(value, fields)]];
    case 'copyTo':
      return [[t('mails.copyTo'), Array.isArray(value) ? value.join(', ') : String(value)]];
    case 'name':
      return [[t('settings.csv.name'), String(value)]];
    case 'subject':
    case 'body':
    case 'memberBody':
    case 'afterword':
      return [[t(`mails.${name}`), String(value)]];
    default:
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  }
}

/** F59 */
function limitLines(t: TFunction, limits: unknown): DescribedLine[] {
  const yenOf = (yen: unknown) =>
    typeof yen === 'number' ? formatYen(yen) : t('settings.limits.none');
  const of = (kind: LimitedKind, span: 'single' | 'daily'): DescribedLine => [
    t('settings.payment.of', {
      kind: t(`settings.limits.${kind}`),
      name: t(`settings.limits.${span}`),
    }),
    yenOf(at(at(limits, kind), span)),
  ];
  return [
    ...LIMITED_KINDS.flatMap((kind) => [of(kind, 'single'), of(kind, 'daily')]),
    [t('settings.limits.memberDays'), String(at(limits, 'memberDays') ?? '')],
    [t('settings.limits.hours'), String(at(limits, 'hours') ?? '')],
  ];
}

export const SHIPPER_FIELDS = [
  'name',
  'phone',
  'postalCode',
  'address',
  'yamatoCustomerCode',
  'yamatoFareNumber',
  'sagawaCustomerCode',
] as const;

const ENVIRONMENT = ['production', 'test', 'sandbox'] as const;
const SENDING = ['auto', 'manual', 'never'] as const;
const PER = ['line', 'destination', 'order'] as const;
const ENCODING = ['cp932', 'utf-8'] as const;

function policyLines(t: TFunction, kind: string, policy: unknown): DescribedLine[] {
  const kindName = isKind(kind) ? t(`words.kind.${kind}`) : kind;
  const of = (name: string) => t('settings.payment.of', { kind: kindName, name });
  const mail = oneOf(SENDING, at(policy, 'paymentMail'));
  return [
    [of(t('settings.payment.authorize')), onOff(t, at(policy, 'authorizeAtOrder'))],
    [of(t('settings.payment.mail')), t(`settings.payment.mails.${mail}`)],
  ];
}

/** 1. 受注コード 2. 氏名 …: in their sequence, under their names in the file. */
function columnsText(columns: unknown, fields: ExportChoices['fields']): string {
  if (!Array.isArray(columns)) return '';
  return columns
    .map((column: unknown) => {
      const field = fields.find((known) => known.field === at(column, 'field'));
      const name = field?.name ?? at(column, 'field') ?? at(column, 'text');
      return String(at(column, 'header') ?? name ?? '');
    })
    .join('、');
}

/** The days of each kind; a kind without its own days keeps the shop's. */
function daysText(t: TFunction, days: unknown): string {
  return typeof days === 'number'
    ? t('settings.days', { count: days })
    : t('settings.payment.deadlineDefault');
}

function onOff(t: TFunction, value: unknown): string {
  return t(value === true ? 'settings.on' : 'settings.off');
}

function yearsText(t: TFunction, value: unknown): string {
  if (value === null) return t('settings.erasure.noYears');
  return t('settings.erasure.yearsValue', { years: Number(value) });
}

function isKind(kind: string): kind is keyof typeof jaWords.kind {
  return Object.hasOwn(jaWords.kind, kind);
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function oneOf<T extends string>(known: readonly [T, ...T[]], value: unknown): T {
  return known.find((one) => one === value) ?? known[0];
}
