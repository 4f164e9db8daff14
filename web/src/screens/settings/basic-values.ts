import {
  type ChangeSettings,
  DAYS_MAX,
  RUN_ROWS_MAX,
  SESSION_HOURS,
  SESSION_IDLE_MINUTES,
  type Settings,
  YEN_MAX,
} from '@renkei/contract';
import { normalized } from '../../ui/browser/format.ts';

/** The touched values only; every other value stays as the shop has it, whoever changes it. */
export type TypedSettings = {
  readonly linkEnabled?: boolean;
  readonly inquiry?: boolean;
  readonly digest?: boolean;
  readonly requireTwoFactor?: boolean;
  readonly days?: string;
  readonly orders?: string;
  readonly yen?: string;
  readonly idleMinutes?: string;
  readonly hours?: string;
};

export type TypedNumbers = Record<
  'days' | 'orders' | 'yen' | 'idleMinutes' | 'hours',
  number | null
>;

/** The typed numbers, also with full-width digits and commas; null for a text that is no number. */
export function numbersOf(settings: Settings, typed: TypedSettings): TypedNumbers {
  const { captureDeadlineDays, confirm, sessionEnds } = settings;
  const read = (text: string | undefined, saved: number, limits: { min?: number; max: number }) =>
    text === undefined ? saved : numberIn(text, limits);
  return {
    days: read(typed.days, captureDeadlineDays, { max: DAYS_MAX }),
    orders: read(typed.orders, confirm.orders, { max: RUN_ROWS_MAX }),
    yen: read(typed.yen, confirm.yen, { max: YEN_MAX }),
    idleMinutes: read(typed.idleMinutes, sessionEnds.idleMinutes, SESSION_IDLE_MINUTES),
    hours: read(typed.hours, sessionEnds.hours, SESSION_HOURS),
  };
}

function numberIn(text: string, { min = 1, max }: { min?: number; max: number }): number | null {
  const plain = normalized(text);
  const value = /^\d{1,8}$/.test(plain) ? Number(plain) : 0;
  return value >= min && value <= max ? value : null;
}

/** The touched values only, so that the form undoes nobody else's change. */
export function bodyOf(
  settings: Settings,
  typed: TypedSettings,
  numbers: TypedNumbers,
): ChangeSettings {
  const { days, orders, yen } = numbers;
  const isLimit = typed.orders !== undefined || typed.yen !== undefined;
  return {
    ...(typed.linkEnabled === undefined ? {} : { linkEnabled: typed.linkEnabled }),
    ...(typed.inquiry === undefined ? {} : { inquiry: typed.inquiry }),
    ...(typed.digest === undefined ? {} : { digest: typed.digest }),
    ...(typed.requireTwoFactor === undefined ? {} : { requireTwoFactor: typed.requireTwoFactor }),
    ...(typed.days === undefined || days === null ? {} : { captureDeadlineDays: days }),
    ...(isLimit
      ? { confirm: { orders: orders ?? settings.confirm.orders, yen: yen ?? settings.confirm.yen } }
      : {}),
    ...sessionEndsOf(settings, typed, numbers),
  };
}

function sessionEndsOf(
  { sessionEnds }: Settings,
  typed: TypedSettings,
  { idleMinutes, hours }: TypedNumbers,
): Pick<ChangeSettings, 'sessionEnds'> {
  if (typed.idleMinutes === undefined && typed.hours === undefined) return {};
  return {
    sessionEnds: {
      idleMinutes: idleMinutes ?? sessionEnds.idleMinutes,
      hours: hours ?? sessionEnds.hours,
    },
  };
}
