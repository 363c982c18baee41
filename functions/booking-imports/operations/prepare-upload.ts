import { type Clock, toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { FormTerms, UploadForm } from '../../../shared/platform/storage/presigned-form.ts';
import { STAGED_NAME, STAGED_SECONDS, stagedKey } from '../../../shared/platform/upload/uploads.ts';
import type { UploadBody } from '../schemas.ts';

interface Deps {
  readonly presign: (terms: FormTerms) => Promise<UploadForm>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A form for one file of the company (ruling 17). Nothing is stored: its id says when it was made. */
export async function prepareUpload({ presign, clock, ids }: Deps, empresaId: string, input: UploadBody) {
  const now = clock.now();
  const id = ids.next('sub', now);
  const { url, fields } = await presign({
    key: stagedKey({ empresaId, proposito: 'reservas', id }),
    most: input.size_bytes,
    seconds: STAGED_SECONDS,
    metadata: { [STAGED_NAME]: encodeURIComponent(input.file_name) },
  });
  return {
    upload_id: id,
    url,
    fields: { ...fields },
    expires_at: toUtcIso(new Date(now.getTime() + STAGED_SECONDS * 1000)),
  };
}
