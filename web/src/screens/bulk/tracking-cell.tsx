import { TextInput } from '@mantine/core';
import type { RunPreviewRow } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import classes from './bulk.module.css';
import { linesOf, placesOf, TRACKING_MAX } from './tracking.ts';
import type { Tracking } from './use-tracking.ts';

/** 送り状番号 of an order, for each unshipped destination. */
export function TrackingCell(props: {
  readonly row: RunPreviewRow;
  /** All rows of the group, in their sequence: a pasted column fills them downwards. */
  readonly rows: readonly RunPreviewRow[];
  readonly tracking: Tracking;
  readonly frozen: boolean;
}) {
  const { row, rows, tracking, frozen } = props;
  const { t } = useTranslation();
  const { orderNumber, unshipped } = row;
  const isOne = unshipped.length === 1;
  return (
    <td>
      <div className={classes.numbers}>
        {unshipped.map((destination) => {
          const place = destination + 1;
          return (
            <TextInput
              key={destination}
              size="xs"
              aria-label={
                isOne
                  ? t('bulk.trackingOf', { orderNumber })
                  : t('bulk.trackingOfPlace', { orderNumber, place })
              }
              {...(!isOne && { placeholder: t('bulk.place', { place }) })}
              maxLength={TRACKING_MAX}
              disabled={frozen}
              value={tracking.numberOf(orderNumber, destination)}
              onChange={(event) =>
                tracking.setNumber(orderNumber, destination, event.currentTarget.value)
              }
              onPaste={(event) => {
                const lines = linesOf(event.clipboardData.getData('text'));
                if (lines.length === 1) return;
                event.preventDefault();
                tracking.paste(placesOf(rows), { orderNumber, destination }, lines);
              }}
            />
          );
        })}
      </div>
    </td>
  );
}
