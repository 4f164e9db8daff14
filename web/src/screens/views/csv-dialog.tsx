import { NativeSelect } from '@mantine/core';
import type { ExportChoices } from '@renkei/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderListWish } from '../../api/queries.ts';
import { csvChoicesQuery } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { CsvLosses } from './csv-losses.tsx';
import { useCsv } from './use-csv.ts';

const ENCODINGS: Readonly<Record<string, string>> = {
  cp932: 'Shift_JIS',
  'utf-8': 'UTF-8',
};

/** L6: the whole result as CSV, in a chosen layout; no character is lost unseen. */
export function CsvDialog(props: {
  readonly wish: OrderListWish;
  readonly count: number;
  /** The layout that is chosen at first; null: the shop's first. */
  readonly first: string | null;
  readonly onClose: () => void;
}) {
  const { wish, count, first, onClose } = props;
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const why = denied('export_orders');
  const choices = useQuery(csvChoicesQuery(shop.id));
  const layouts = layoutsOf(choices.data);
  const [wanted, setWanted] = useState<string | null>(first);
  const [encoding, setEncoding] = useState('');
  const layout = layouts.find(({ id }) => id === wanted) ?? layouts[0];
  const how = { layout: layout?.id ?? '', encoding: encoding === '' ? undefined : encoding };
  const csv = useCsv(wish, how, () => choices.refetch());
  return (
    <Dialog
      title={t('views.csvTitle')}
      onClose={onClose}
      onConfirm={csv.download}
      confirm={t('views.download')}
      busy={csv.progress.kind === 'sending'}
      blocked={why !== null || layout === undefined || count === 0}
    >
      {why !== null && <Notice tone="warn" title={why} />}
      <Reading choices={choices} />
      <p>{count === 0 ? t('views.empty') : t('views.csvLead', { count })}</p>
      {layout && (
        <Choices
          layouts={layouts}
          layout={layout}
          encoding={encoding}
          onLayout={(id) => {
            setWanted(id);
            csv.forget();
          }}
          onEncoding={(chosen) => {
            setEncoding(chosen);
            csv.forget();
          }}
        />
      )}
      <Outcome csv={csv} />
    </Dialog>
  );
}

/** The file, or what it would lose. */
function Outcome({ csv }: { readonly csv: ReturnType<typeof useCsv> }) {
  const { t } = useTranslation();
  return (
    <>
      {csv.done && csv.progress.kind === 'idle' && (
        <Notice tone="good" role="status" title={t('views.downloaded')} />
      )}
      {csv.check && (
        <CsvLosses
          check={csv.check}
          busy={csv.progress.kind === 'sending'}
          onReplaced={csv.download}
          onLeaveOut={csv.downloadRest}
        />
      )}
      <ProgressNotice progress={csv.progress} onResend={csv.resend} />
    </>
  );
}

function Reading({ choices }: { readonly choices: UseQueryResult<ExportChoices> }) {
  const { t } = useTranslation();
  return (
    <>
      {choices.isPending && <Loading rows={2} />}
      {choices.error && !choices.data && (
        <ReadFailure
          error={choices.error}
          title={t('common.broken')}
          onRetry={() => void choices.refetch()}
        />
      )}
    </>
  );
}

function layoutsOf(choices: ExportChoices | undefined): LayoutChoice[] {
  if (choices === undefined) return [];
  const own = choices.own.map(({ id, name, encoding }) => ({ id, label: name, encoding }));
  return [...choices.layouts, ...own];
}

type LayoutChoice = { readonly id: string; readonly label: string; readonly encoding: string };

/** Which columns, and in which character set. */
function Choices(props: {
  readonly layouts: readonly LayoutChoice[];
  readonly layout: LayoutChoice;
  readonly encoding: string;
  readonly onLayout: (id: string) => void;
  readonly onEncoding: (encoding: string) => void;
}) {
  const { layouts, layout, encoding, onLayout, onEncoding } = props;
  const { t } = useTranslation();
  const own = ENCODINGS[layout.encoding] ?? layout.encoding;
  return (
    <>
      <NativeSelect
        label={t('views.layout')}
        value={layout.id}
        onChange={(event) => onLayout(event.currentTarget.value)}
        data={layouts.map(({ id, label }) => ({ value: id, label }))}
      />
      <NativeSelect
        label={t('views.encoding')}
        description={t('views.loss')}
        value={encoding}
        onChange={(event) => onEncoding(event.currentTarget.value)}
        data={[
          { value: '', label: t('views.asLayout', { encoding: own }) },
          ...Object.entries(ENCODINGS).map(([value, label]) => ({ value, label })),
        ]}
      />
    </>
  );
}
