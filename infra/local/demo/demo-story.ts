import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import { ArrivalImportRepository } from '../../../shared/domain/arrival-import/arrival-import.repository.ts';
import { LateRunRepository } from '../../../shared/domain/late-run/late-run.repository.ts';
import { documentClient } from '../../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../../shared/platform/dynamo/table.ts';
import { objectStore } from '../../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { dailyArrivalsWorkbook } from './daily-arrivals-workbook.ts';
import { DEMO_COMPANY_ID, DEMO_LOGINS } from './demo-world.ts';
import { seedDemo } from './seed-demo.ts';

/** What the story needs of a running local cloud. */
export interface DemoStage {
  readonly address: string;
  readonly table: string;
  readonly arrivalsBucket: string;
  now(): Date;
  /** Fires the schedule whose name ends so, and answers when it has ended. */
  runLateCheckin(): Promise<unknown>;
  /** Resolves when no event, message or asynchronous call is under way. */
  drain(): Promise<void>;
  mailCount(): number;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Plays the main job in the demo company: the day's workbook is dropped through the S3 API, the function behind the
 * bucket reads it, the scheduled run finds the late arrivals, notifications and digest come out.
 * @returns what happened and what to try next, line by line
 */
export async function playDemo(stage: DemoStage): Promise<readonly string[]> {
  const table = new Table(documentClient(), stage.table);
  const fresh = await seedDemo(table, stage.now());
  const day = serviceDateOf(stage.now(), 'Europe/Madrid');
  const key = `arrivals/${DEMO_COMPANY_ID}/llegadas-${day}.xlsx`;
  const bucket = objectStore(stage.arrivalsBucket);
  // A restart within the day finds the file where it was: dropping it anew would only import it anew.
  const dropped = (await bucket.read(key, 0)) === undefined;
  if (dropped) await bucket.write(key, await dailyArrivalsWorkbook({ checkIn: day }), XLSX);
  await stage.drain();
  await stage.runLateCheckin();
  await stage.drain();
  const scope = new TenantScope(table, DEMO_COMPANY_ID);
  const [imported] = (await new ArrivalImportRepository(scope).list({ limite: 1 })).items;
  const [run] = (await new LateRunRepository(scope).list({ limite: 1 })).items;
  return [
    `StaySidekick Demo ${fresh ? 'was made' : 'stands from an earlier start'} (company ${DEMO_COMPANY_ID})`,
    `${dropped ? 'Dropped' : 'Already in the bucket:'} ${key}`,
    `Import: ${imported?.estado}, ${imported?.aceptadas} of ${imported?.filas} rows accepted`,
    `Scheduled run for ${run?.fecha_servicio}: ${run?.llegadas} arrivals, ${run?.tardias} late, ${run?.desconocidas} unknown, ${run?.notificadas} notified now`,
    `Mails in the outbox: ${stage.mailCount()}, see ${stage.address}/_local/`,
    '',
    'Log-ins',
    ...DEMO_LOGINS.map(({ email, password, role, superadmin }) => {
      return `  ${email} / ${password} (${superadmin ? 'superadmin' : role})`;
    }),
    '',
    'Try next, in another terminal',
    '  npm run -s api -- GET /api/perfil',
    '  npm run -s api -- GET /api/notificaciones/checkin-tardio/ejecuciones',
    '  npm run -s api -- POST /_local/schedules/stay-ops-local-late-checkin/run',
  ];
}
