import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatYen, normalized, parseYen } from '../../../ui/browser/format.ts';
import table from '../../../ui/data/table.module.css';
import { Table } from '../../../ui/data/table.tsx';
import classes from '../order.module.css';
import {
  type ContentDraft,
  type EditedContent,
  type LineDraft,
  newLine,
  TAX_RATES,
  wrongIn,
} from './draft.ts';

type Props = {
  readonly draft: ContentDraft;
  readonly content: EditedContent;
  readonly onChange: (draft: ContentDraft) => void;
  /** 登録する was pressed: the rows say what is missing. */
  readonly asked: boolean;
};

/** The products of every destination: the operator changes, strikes and adds them. */
export function LineRows({ draft, content, onChange, asked }: Props) {
  const { t } = useTranslation();
  const several = draft.lines.length > 1;
  return draft.lines.map((lines, destination) => {
    const change = (changed: readonly LineDraft[]) =>
      onChange({ ...draft, lines: draft.lines.with(destination, changed) });
    const name = content.details.destinations[destination]?.name ?? '';
    const title = t('desk.content.ofDestination', { n: String(destination + 1), name });
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a destination has no other name.
      <div key={destination} className="stack">
        {several && <h3 className={classes.nth}>{title}</h3>}
        <Table caption={several ? title : t('desk.content.lines')} head={<Head />}>
          {lines.map((line, index) => (
            <LineRow
              key={line.key}
              line={line}
              n={index + 1}
              asked={asked}
              onChange={(changed) => change(lines.with(index, changed))}
              onRemove={() => change(lines.filter((one) => one !== line))}
            />
          ))}
        </Table>
        <div>
          <Button variant="default" size="compact-md" onClick={() => change([...lines, newLine()])}>
            {t('desk.content.add')}
          </Button>
        </div>
      </div>
    );
  });
}

function Head() {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="col">{t('order.amounts.product')}</th>
      <th scope="col">{t('order.amounts.quantity')}</th>
      <th scope="col">{t('order.amounts.unitPrice')}</th>
      <th scope="col">{t('order.amounts.taxRate')}</th>
      <th scope="col" className={table.number}>
        {t('order.amounts.subtotal')}
      </th>
      <th scope="col">
        <span className="spoken">{t('desk.content.action')}</span>
      </th>
    </tr>
  );
}

type RowProps = {
  readonly line: LineDraft;
  readonly n: number;
  readonly asked: boolean;
  readonly onChange: (line: LineDraft) => void;
  readonly onRemove: () => void;
};

function LineRow({ line, n, asked, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const wrong = wrongIn(line);
  const set = (changes: Partial<LineDraft>) => onChange({ ...line, ...changes });
  const field = (name: 'quantity' | 'unitPrice') => (
    <TextInput
      aria-label={t('desk.content.fieldOf', { n: String(n), field: t(`order.amounts.${name}`) })}
      value={line[name]}
      inputMode="numeric"
      autoComplete="off"
      disabled={line.struck}
      error={
        !line.struck && (asked || line[name] !== '') && wrong[name]
          ? t(`desk.content.${name}Wrong`)
          : null
      }
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      className={name === 'quantity' ? classes.quantity : classes.price}
    />
  );
  return (
    <tr data-struck={line.struck || undefined} className={classes.line}>
      <th scope="row">
        {line.isNew ? (
          <NewProduct line={line} n={n} asked={asked} set={set} />
        ) : (
          <Product line={line} />
        )}
      </th>
      <td>{field('quantity')}</td>
      <td>{field('unitPrice')}</td>
      <td>
        <TaxRate line={line} n={n} set={set} />
      </td>
      <td className={table.number}>{line.struck ? '—' : subtotalOf(line)}</td>
      <td>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => (line.isNew ? onRemove() : set({ struck: !line.struck }))}
          aria-label={t(line.struck ? 'desk.content.takeBackNth' : 'desk.content.strikeNth', {
            n: String(n),
          })}
        >
          {t(line.struck ? 'desk.content.takeBack' : 'desk.content.strike')}
        </Button>
      </td>
    </tr>
  );
}

type CellProps = Pick<RowProps, 'line' | 'n'> & {
  readonly set: (changes: Partial<LineDraft>) => void;
};

function TaxRate({ line, n, set }: CellProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('desk.content.fieldOf', {
        n: String(n),
        field: t('order.amounts.taxRate'),
      })}
      value={String(line.taxRate)}
      disabled={line.struck}
      data={TAX_RATES.map((rate) => ({ value: String(rate), label: `${rate}%` }))}
      onChange={(event) => {
        const { value } = event.currentTarget;
        set({ taxRate: TAX_RATES.find((rate) => String(rate) === value) ?? 10 });
      }}
      className={classes.rate}
    />
  );
}

function Product({ line }: { readonly line: LineDraft }) {
  return (
    <>
      <span className={classes.name}>
        {line.name} {line.variation}
      </span>
      <br />
      <span className={table.muted}>{line.productCode}</span>
    </>
  );
}

function NewProduct({ line, n, asked, set }: CellProps & Pick<RowProps, 'asked'>) {
  const { t } = useTranslation();
  const label = (field: string) => t('desk.content.fieldOf', { n: String(n), field });
  return (
    <div className={classes.product}>
      <TextInput
        aria-label={label(t('desk.content.name'))}
        placeholder={t('desk.content.name')}
        value={line.name}
        maxLength={300}
        error={asked && wrongIn(line).name ? t('desk.content.nameWrong') : null}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        aria-label={label(t('desk.content.code'))}
        placeholder={t('desk.content.code')}
        value={line.productCode}
        maxLength={50}
        autoComplete="off"
        onChange={(event) => set({ productCode: event.currentTarget.value })}
      />
    </div>
  );
}

function subtotalOf({ quantity, unitPrice }: LineDraft): string {
  const price = parseYen(unitPrice);
  const count = Number(normalized(quantity));
  return price === null || !Number.isInteger(count) ? '—' : formatYen(price * count);
}
