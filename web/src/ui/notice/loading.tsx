import { useTranslation } from 'react-i18next';
import classes from './loading.module.css';

const BARS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];

/** Grey rows of the height of real rows, so that nothing jumps when those arrive. */
export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.loading} role="status">
      <span className={classes.spoken}>{t('common.loading')}</span>
      {BARS.slice(0, rows).map((name) => (
        <div key={name} className={classes.bar} />
      ))}
    </div>
  );
}
