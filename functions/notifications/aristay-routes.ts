import * as z from 'zod';
import { booleanField, filter, idParam, requiredText } from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { allReadAnswer, deviceAnswer, notificationRow, readAnswer, unreadAnswer } from './aristay-schemas.ts';

/** A viewer marks as read what is its own and nobody else's (`aristay.md` §9.7, ruling 2). */
const own = { surface: 'aristay', tag: 'Notifications', access: 'any', openToViewers: true } as const;
const reading = {
  ...own,
  summary: 'Mark one of the own notifications as read',
  params: z.object({ id: idParam }),
  success: { status: 200, schema: readAnswer },
  failures: [404],
} as const;

const isRead = filter(booleanField());

/** A person's own notifications (`aristay.md` §9.7, C53 to C57). */
export const aristayNotificationsRoutes = defineRoutes({
  listNotifications: {
    ...own,
    method: 'GET',
    path: '/api/notifications/',
    summary: 'Own notifications, newest first',
    query: listQuery({ is_read: isRead, read: isRead }, { allowed: ['created_at'], byDefault: '-created_at' }),
    success: { status: 200, rows: notificationRow },
    failures: [404],
  },
  countUnreadNotifications: {
    ...own,
    method: 'GET',
    path: '/api/notifications/unread-count/',
    summary: 'How many of the own notifications are unread',
    success: { status: 200, schema: unreadAnswer },
  },
  readNotification: { ...reading, method: 'PATCH', path: '/api/notifications/{id}/read/' },
  readNotificationByPost: { ...reading, method: 'POST', path: '/api/notifications/{id}/read/' },
  markNotificationRead: { ...reading, method: 'PATCH', path: '/api/notifications/{id}/mark-read/' },
  markNotificationReadByPost: { ...reading, method: 'POST', path: '/api/notifications/{id}/mark-read/' },
  markAllNotificationsRead: {
    ...own,
    method: 'POST',
    path: '/api/notifications/mark-all-read/',
    summary: 'Mark all of the own notifications as read',
    success: { status: 200, schema: allReadAnswer },
  },
  registerDevice: {
    ...own,
    method: 'POST',
    path: '/api/devices/',
    summary: 'Notes a device of the caller, to which notifications may be pushed',
    body: { schema: z.object({ token: requiredText(255) }) },
    success: { status: 200, schema: deviceAnswer },
  },
});
