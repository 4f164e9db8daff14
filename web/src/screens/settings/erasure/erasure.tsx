import { useSession } from '../../../app/session.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import type { FormProps } from '../save-part.tsx';
import { Certificates } from './certificates.tsx';
import { RequestPart } from './request-part.tsx';
import { RetentionForm } from './retention-form.tsx';

/** お客様情報の消去: by time, on request, and the certificates; for owners (H6). */
export function Erasure(props: FormProps) {
  const { denied } = useSession();
  const why = denied('erase_customer');
  return (
    <>
      <RetentionForm {...props} />
      {why === null ? (
        <>
          <RequestPart />
          <Certificates />
        </>
      ) : (
        <Notice tone="warn" title={why} />
      )}
    </>
  );
}
