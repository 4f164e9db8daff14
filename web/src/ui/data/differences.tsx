import { useTranslation } from 'react-i18next';
import { Notice } from '../notice/notice.tsx';
import classes from './differences.module.css';

/** A value that differs before and after, in words. */
export type Difference = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
};

/** The changes, one line each: before → after. */
export function Differences({ items }: { readonly items: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.differences}>
      {items.map(({ name, from, to }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {from !== '' && (
              <>
                <span className={classes.before}>{from}</span>
                <span aria-hidden="true"> → </span>
                <span className="spoken">{t('unsaved.becomes')}</span>
              </>
            )}
            <strong>{to === '' ? t('unsaved.nothing') : to}</strong>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Another person's changes, which came first: this person can decide anew. */
export function Overtaken({ items }: { readonly items: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <Notice tone="warn" role="alert" title={t('unsaved.overtaken')}>
      {items.length > 0 && <Differences items={items} />}
      <p>{t('unsaved.overtakenRemedy')}</p>
    </Notice>
  );
}
