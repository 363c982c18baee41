import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { FormTerms, UploadForm } from '../../../shared/platform/storage/presigned-form.ts';
import { STAGED_NAME, STAGED_SECONDS, stagedKey } from '../../../shared/platform/upload/uploads.ts';
import type { SubidaBody } from '../schemas.ts';

interface Deps {
  readonly presign: (terms: FormTerms) => Promise<UploadForm>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A form for one file of the company. Nothing is stored: the id says when it was made, its place says whose it is. */
export async function prepareUpload({ presign, clock, ids }: Deps, empresaId: string, input: SubidaBody) {
  const now = clock.now();
  const id = ids.next('sub', now);
  const { url, fields } = await presign({
    key: stagedKey({ empresaId, proposito: input.proposito, id }),
    most: input.bytes,
    seconds: STAGED_SECONDS,
    metadata: { [STAGED_NAME]: encodeURIComponent(input.nombre) },
  });
  const caduca = toOffsetIso(new Date(now.getTime() + STAGED_SECONDS * 1000));
  return ok({ subida: { id, url, campos: { ...fields }, caduca } });
}
