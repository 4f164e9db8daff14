import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatYen, parseYen } from '../../../ui/browser/format.ts';
import classes from '../order.module.css';
import {
  type AmountField,
  CHARGES,
  type ContentDraft,
  DEDUCTIONS,
  type EditedContent,
} from './draft.ts';

/** The amounts added to the products and those taken off, each with its old value. */
export function AmountFields(props: {
  readonly draft: ContentDraft;
  readonly content: EditedContent;
  readonly onChange: (draft: ContentDraft) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className={classes.group}>
        <legend>{t('desk.content.charges')}</legend>
        <Fields {...props} fields={CHARGES} />
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('desk.content.deductions')}</legend>
        <Fields {...props} fields={DEDUCTIONS} />
      </fieldset>
    </>
  );
}

function Fields(props: {
  readonly draft: ContentDraft;
  readonly content: EditedContent;
  readonly onChange: (draft: ContentDraft) => void;
  readonly fields: readonly AmountField[];
}) {
  const { draft, content, onChange, fields } = props;
  const { t } = useTranslation();
  return (
    <div className={classes.yens}>
      {fields.map((field) => (
        <TextInput
          key={field}
          label={t(`desk.amounts.${field}`)}
          description={t('order.amounts.before', { yen: formatYen(content.amounts[field]) })}
          value={draft.amounts[field]}
          inputMode="numeric"
          autoComplete="off"
          error={parseYen(draft.amounts[field]) === null ? t('order.amounts.wrong') : null}
          onChange={(event) =>
            onChange({
              ...draft,
              amounts: { ...draft.amounts, [field]: event.currentTarget.value },
            })
          }
        />
      ))}
    </div>
  );
}
