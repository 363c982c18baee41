import { committingChanges } from '../../shared/composition/committing-changes.ts';
import { BookingRepository } from '../../shared/domain/booking/booking.repository.ts';
import { ChecklistTemplateRepository } from '../../shared/domain/checklist/checklist-template.repository.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { enqueueEntriesAmong } from '../../shared/domain/outbox/enqueue-entry.ts';
import { PhotoRepository } from '../../shared/domain/photo/photo.repository.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import { OfflineTaskRepository } from '../../shared/domain/task/offline-task.repository.ts';
import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import { TaskCountRepository } from '../../shared/domain/task/task-count.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { performKeyed } from '../../shared/platform/http/idempotency.ts';
import { KeptReplies } from '../../shared/platform/http/kept-reply.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { signedAddresses } from '../../shared/platform/storage/signed-address.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { staffTasksEnvironment } from './env.ts';
import { assignToMe, deleteTask, mute, setStatus, setStatusShortly } from './operations/act-on-task.ts';
import { answerItem, taskOfItem, tickItem } from './operations/answer-items.ts';
import { assignChecklist, quickAssign } from './operations/assign-checklists.ts';
import { countByStatus } from './operations/count-by-status.ts';
import { checkMayCreate, createTask, duplicateTask } from './operations/create-task.ts';
import { editStaffTask, editWholeTask } from './operations/edit-task.ts';
import { listTasks } from './operations/list-tasks.ts';
import { notifyManagers } from './operations/notify-managers.ts';
import { readProgress, readTask } from './operations/read-task.ts';
import { type SyncDeps, syncTasks } from './operations/sync-tasks.ts';
import { editableTask, type TaskDeps, visibleTask } from './operations/task-deps.ts';
import { createTemplate, listTemplates } from './operations/templates.ts';
import { staffTasksRoutes } from './routes.ts';
import { syncRoutes } from './sync-routes.ts';

const env = readEnvironment(staffTasksEnvironment);
const http = httpDeps(env);
const queues = { webhooks: workQueue(env.WEBHOOKS_QUEUE_URL), work: workQueue(env.WORK_QUEUE_URL) };
const addressOf = signedAddresses(env.PHOTOS_BUCKET, http.clock);

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): TaskDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
  const commit = committingChanges({ keys: http.tenantKeys, ulid: prefixedUlid, queues, log: http.log }, scope);
  const by = { actor, address: origin.address, now };
  return {
    actor,
    now,
    tasks: new TaskRepository({ scope, guestKey }),
    counts: new TaskCountRepository(scope),
    templates: new ChecklistTemplateRepository(scope),
    properties: new PropertyRepository(scope),
    bookings: new BookingRepository({ scope, guestKey, now }),
    company: new CompanyRepository(scope),
    users: new UserRepository(scope),
    notifications: new NotificationRepository(scope),
    photos: new PhotoRepository({ scope, guestKey }),
    view: { empresaId: actor.empresaId, addressOf },
    nextIds: (entity, count) => nextNumbers(scope, entity, count),
    commit: (fact, writes, events) => commit(by, fact, writes, events),
    enqueue: (written) => enqueueEntriesAmong({ queues, log: http.log }, actor.empresaId, written),
  };
}

function syncDepsOf(request: { readonly actor: Actor; readonly origin: Origin }): SyncDeps {
  const deps = depsOf(request);
  const { empresaId, userId } = request.actor;
  const scope = new TenantScope(http.table, empresaId);
  return {
    ...deps,
    clock: http.clock,
    offline: new OfflineTaskRepository(scope, userId),
    once: async (key, content, perform) => {
      const replies = new KeptReplies(scope, await http.tenantKeys.dataKey(scope, 'guest-data'));
      const write = { userId, method: 'POST', path: syncRoutes.syncTasks.path, key, content };
      return performKeyed({ replies, write, now: http.clock.now(), makes: false }, perform);
    },
    report: (error) => http.log.error('SYNC_FAILED', error, { empresa_id: empresaId, user_id: userId }),
  };
}

export const handler = defineHttpFunction(
  staffTasksRoutes,
  {
    staffTasks: (request) => listTasks(depsOf(request), request.query),
    tasks: (request) => listTasks(depsOf(request), request.query),
    countTasksByStatus: (request) => countByStatus(depsOf(request), request.query),
    createStaffTask: loading(async (request) => {
      const deps = depsOf(request);
      await checkMayCreate(deps);
      return ({ body }) => createTask(deps, body);
    }),
    createTask: loading(async (request) => {
      const deps = depsOf(request);
      await checkMayCreate(deps);
      return ({ body }) => createTask(deps, body);
    }),
    duplicateTask: async (request) => {
      const deps = depsOf(request);
      const found = await visibleTask(deps, request.params.id);
      await checkMayCreate(deps);
      return duplicateTask(deps, found);
    },
    staffTask: (request) => readTask(depsOf(request), request.params.id),
    task: (request) => readTask(depsOf(request), request.params.id),
    taskProgress: (request) => readProgress(depsOf(request), request.params.id),
    editStaffTask: loading(async (request) => {
      const deps = depsOf(request);
      const found = await visibleTask(deps, request.params.id);
      return ({ body }) => editStaffTask(deps, found, body);
    }),
    editTask: loading(async (request) => {
      const deps = depsOf(request);
      const found = await visibleTask(deps, request.params.id);
      return ({ body }) => editWholeTask(deps, found, body);
    }),
    setTaskStatus: loading(async (request) => {
      const deps = depsOf(request);
      const found = await editableTask(deps, request.params.id);
      return ({ body }) => setStatus(deps, found, body);
    }),
    setTaskStatusShortly: loading(async (request) => {
      const deps = depsOf(request);
      const found = await editableTask(deps, request.params.id);
      return ({ body }) => setStatusShortly(deps, found, body);
    }),
    deleteTask: async (request) => {
      const deps = depsOf(request);
      return deleteTask(deps, await visibleTask(deps, request.params.id));
    },
    assignTaskToMe: async (request) => {
      const deps = depsOf(request);
      return assignToMe(deps, await visibleTask(deps, request.params.id));
    },
    muteTask: async (request) => {
      const deps = depsOf(request);
      return mute(deps, await visibleTask(deps, request.params.id), true);
    },
    unmuteTask: async (request) => {
      const deps = depsOf(request);
      return mute(deps, await visibleTask(deps, request.params.id), false);
    },
    notifyManagers: async (request) => {
      const deps = depsOf(request);
      return notifyManagers(deps, await visibleTask(deps, request.params.id));
    },
    tickItem: loading(async (request) => {
      const deps = depsOf(request);
      const responseId = request.params.response_id;
      const found = await taskOfItem(deps, responseId);
      return ({ body }) => tickItem(deps, found, { responseId, completed: body.completed });
    }),
    answerChecklistItem: loading(async (request) => {
      const deps = depsOf(request);
      const responseId = request.params.response_id;
      const found = await taskOfItem(deps, responseId);
      return ({ body }) => answerItem(deps, found, { ...body, responseId });
    }),
    checklistTemplates: (request) => listTemplates(depsOf(request), request.query),
    createChecklistTemplate: (request) => createTemplate(depsOf(request), request.body),
    assignChecklist: loading(async (request) => {
      const deps = depsOf(request);
      const found = await editableTask(deps, request.params.task_id);
      return ({ body }) => assignChecklist(deps, found, body.template_id);
    }),
    syncTasks: (request) => syncTasks(syncDepsOf(request), request.body),
    quickAssignChecklists: (request) => quickAssign(depsOf(request), request.body),
  },
  http,
);
