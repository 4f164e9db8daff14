import type { Home } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { Bars, Chart, Columns } from '../../ui/data/chart.tsx';

/** The captured amount on each of the last thirty business dates. */
export function CapturesPerDay({ days }: { readonly days: Home['capturesPerDay'] }) {
  const { t } = useTranslation();
  const yen = days.reduce((sum, { amount }) => sum + amount, 0);
  const count = days.reduce((sum, one) => sum + one.count, 0);
  const most = Math.max(0, ...days.map(({ amount }) => amount));
  const some = count > 0 ? days : [];
  const rows = [...some]
    .reverse()
    .map((day) => [formatDate(day.on), formatYen(day.amount), String(day.count)] as const);
  const sum = t('home.capturesSum', { yen: formatYen(yen), count });
  return (
    <Chart
      title={t('home.captures')}
      columns={[t('home.day'), t('home.amount'), t('home.count')]}
      rows={rows}
    >
      <p className="quiet">{sum}</p>
      <Columns
        label={`${t('home.captures')} ${sum}`}
        columns={days.map(({ on, amount }) => ({
          key: on,
          size: amount,
          title: `${formatDate(on)} ${formatYen(amount)}`,
        }))}
        most={formatYen(most)}
        from={formatDate(days[0]?.on ?? '')}
        to={formatDate(days.at(-1)?.on ?? '')}
      />
    </Chart>
  );
}

export function Delays({ delays }: { readonly delays: Home['captureDelays'] }) {
  const { t } = useTranslation();
  const some = delays.some(({ count }) => count > 0) ? delays : [];
  const bars = some.map(({ delay, count }) => ({
    name: t(`home.delayName.${delay}`),
    size: count,
    label: t('home.orders', { count }),
  }));
  return (
    <Chart
      title={t('home.delays')}
      columns={[t('home.delay'), t('home.count')]}
      rows={bars.map(({ name, label }) => [name, label])}
    >
      <Bars bars={bars} />
    </Chart>
  );
}

export function Refusals({ refusals }: { readonly refusals: Home['refusals'] }) {
  const { t } = useTranslation();
  const bars = refusals.map(({ label, count }) => ({
    name: label,
    size: count,
    label: t('home.orders', { count }),
  }));
  return (
    <Chart
      title={t('home.refusals')}
      columns={[t('home.reason'), t('home.count')]}
      rows={bars.map(({ name, label }) => [name, label])}
    >
      <Bars bars={bars} />
    </Chart>
  );
}

/** F-REGI’s answer times; the bar is the median, and the table has the other numbers. */
export function GatewayTimes({ times }: { readonly times: Home['gatewayTimes'] }) {
  const { t } = useTranslation();
  const inSeconds = (ms: number) => t('home.seconds', { seconds: ms / 1000 });
  return (
    <Chart
      title={t('home.times')}
      columns={[
        t('home.verb'),
        t('home.p50'),
        t('home.p95'),
        t('home.calls'),
        t('home.unanswered'),
      ]}
      rows={times.map(({ verb, p50Ms, p95Ms, calls, unanswered }) => [
        t(`words.verb.${verb}`),
        inSeconds(p50Ms),
        inSeconds(p95Ms),
        calls.toLocaleString(),
        unanswered.toLocaleString(),
      ])}
    >
      <Bars
        bars={times.map(({ verb, p50Ms, p95Ms }) => ({
          name: t(`words.verb.${verb}`),
          size: p50Ms,
          label: t('home.medianAndMost', {
            median: inSeconds(p50Ms),
            most: inSeconds(p95Ms),
          }),
        }))}
      />
    </Chart>
  );
}
