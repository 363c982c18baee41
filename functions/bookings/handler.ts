import { bookingWriterOf } from '../../shared/composition/booking-writer-of.ts';
import { committingChanges } from '../../shared/composition/committing-changes.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { bookingsEnvironment } from './env.ts';
import { type BookingDeps, foundBooking } from './operations/booking-deps.ts';
import { createBooking } from './operations/create-booking.ts';
import { deleteBooking } from './operations/delete-booking.ts';
import { editBooking } from './operations/edit-booking.ts';
import { listBookings } from './operations/list-bookings.ts';
import { readBooking } from './operations/read-booking.ts';
import { bookingsRoutes } from './routes.ts';

const env = readEnvironment(bookingsEnvironment);
const http = httpDeps(env);
const queues = { webhooks: workQueue(env.WEBHOOKS_QUEUE_URL), work: workQueue(env.WORK_QUEUE_URL) };

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): BookingDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const commit = committingChanges({ keys: http.tenantKeys, ulid: prefixedUlid, queues, log: http.log }, scope);
  const by = { actor, address: origin.address, now };
  const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
  return {
    actor,
    now,
    bookings: bookingWriterOf({ scope, guestKey, now }),
    properties: new PropertyRepository(scope),
    company: new CompanyRepository(scope),
    users: new UserRepository(scope),
    nextId: () => nextNumbers(scope, 'booking', 1),
    committing: (fact, events) => (writes, following) => commit(by, fact, writes, [...events, ...following]),
  };
}

export const handler = defineHttpFunction(
  bookingsRoutes,
  {
    listBookings: (request) => listBookings(depsOf(request), request.query),
    createBooking: (request) => createBooking(depsOf(request), request.body),
    readBooking: (request) => readBooking(depsOf(request), request.params.id),
    editBooking: loading(async (request) => {
      const deps = depsOf(request);
      const found = await foundBooking(deps, request.params.id);
      return ({ body }) => editBooking(deps, found, body);
    }),
    deleteBooking: (request) => deleteBooking(depsOf(request), request.params.id),
  },
  http,
);
