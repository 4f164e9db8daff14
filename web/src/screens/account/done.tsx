import { Notice } from '../../ui/notice/notice.tsx';

/** Says that a change was made. */
export function Done({ is, text }: { readonly is: boolean; readonly text: string }) {
  return is ? <Notice tone="good" role="status" title={text} /> : null;
}
