import { Button } from '@mantine/core';
import { type AttentionItem, URGENCIES } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import classes from './attention.module.css';
import { ItemLine } from './item/item-line.tsx';
import type { AttentionSearch } from './search.ts';

/** The items in their groups, the most urgent first; closed items stand in one group. */
export function ItemList(props: {
  readonly items: readonly AttentionItem[];
  readonly current: string | undefined;
  readonly search: AttentionSearch;
  readonly onMore: (() => void) | null;
  readonly loadingMore: boolean;
}) {
  const { items, current, search, onMore, loadingMore } = props;
  const { t } = useTranslation();
  const line = (item: AttentionItem) => (
    <ItemLine key={item.id} item={item} current={item.id === current} search={search} />
  );
  return (
    <nav aria-label={t('attention.caption')}>
      {search.state !== undefined && <ul className={classes.items}>{items.map(line)}</ul>}
      {search.state === undefined &&
        URGENCIES.map((urgency) => {
          const group = items.filter((item) => item.urgency === urgency);
          if (group.length === 0) return null;
          return (
            <section key={urgency} className={classes.group} data-urgency={urgency}>
              <h2 className={classes.groupName}>
                {t(`attention.urgency.${urgency}`)}
                <span>{t(`attention.urgencyHint.${urgency}`)}</span>
              </h2>
              <ul className={classes.items}>{group.map(line)}</ul>
            </section>
          );
        })}
      {onMore && (
        <Button variant="default" mt="sm" fullWidth loading={loadingMore} onClick={onMore}>
          {t('attention.more')}
        </Button>
      )}
    </nav>
  );
}
