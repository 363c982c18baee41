import { AppError } from '../errors/app-error.ts';
import type { Log } from '../log/log.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { surfaceOf } from './surface.ts';

export interface UploadDeps {
  readonly log: Log;
  /** Where files are staged; a function with a route that takes one needs it. */
  readonly uploads?: Uploads;
}

/** Reads the file of a route that takes one, and the fields beside it. @throws AppError as `receiveUpload` */
export async function receiveFile(exchange: Exchange, { uploads }: UploadDeps): Promise<void> {
  const { upload } = exchange.route;
  if (upload === undefined || uploads === undefined) return;
  exchange.received = await uploads.receive(exchange, upload, uploads);
  exchange.json = exchange.received.fields;
  if (!upload.fieldsFirst) uploads.judge(exchange, exchange.received, upload);
}

/** Judges the file after its fields, where the route wants them first. @throws AppError as `judgeUpload` */
export function judgeFileLast(exchange: Exchange, { uploads }: UploadDeps): void {
  const { upload } = exchange.route;
  if (upload?.fieldsFirst && exchange.received) uploads?.judge(exchange, exchange.received, upload);
}

/** A staged file goes with the answer that it got, a refusal included; after a failure of ours the call may be repeated. */
export async function withUploadUsed(
  exchange: Exchange,
  { uploads, log }: UploadDeps,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const staged = exchange.received?.staged ?? [];
  const removed = () =>
    Promise.all(
      staged.map((file) =>
        uploads?.remove(file).catch((thrown: unknown) => {
          // Its hour ends it all the same.
          log.error('UPLOAD_LEFT', thrown, { upload_id: file.id });
        }),
      ),
    );
  try {
    const answer = await work();
    await removed();
    return answer;
  } catch (thrown) {
    const refused = thrown instanceof AppError && surfaceOf(exchange.route.surface).status[thrown.code] < 500;
    if (refused) await removed();
    throw thrown;
  }
}
