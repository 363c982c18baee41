import { deviceDigest } from '../../../shared/domain/notification/device.keys.ts';
import { DeviceRepository } from '../../../shared/domain/notification/device.repository.ts';
import type { Device } from '../../../shared/domain/notification/device.ts';
import { NotificationRepository } from '../../../shared/domain/notification/notification.repository.ts';
import type { Notification } from '../../../shared/domain/notification/notification.ts';
import type { PushContent } from '../../../shared/domain/outbox/push-content.ts';
import type { Turn } from '../../../shared/domain/outbox/work-on-entry.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { eachLimit } from '../../../shared/platform/concurrency/each-limit.ts';
import type { Push, PushMessage } from '../../../shared/platform/push/fcm.ts';
import { PushRefused, PushUndelivered } from '../../../shared/platform/push/push-errors.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly push: Push;
  readonly clock: Clock;
}

/** With the last message under way, within the lease of an entry and the function's own time. */
const TURN_MS = 20_000;
const AT_ONCE = 8;
/** After so many failures in one turn it is the service that is away, not a device that is busy. */
const MOST_UNDELIVERED = 16;

/** One turn at an entry. */
interface PushTurn extends Deps {
  readonly empresaId: string;
  readonly notifications: NotificationRepository;
  readonly devices: DeviceRepository;
  /** Epoch ms after which nothing new begins. */
  readonly end: number;
  /** What says what becomes of the entry. */
  readonly undelivered: PushUndelivered[];
  readonly refused: PushRefused[];
  outOfTime: boolean;
}

/**
 * Pushes notifications to the devices that their people have now, but for those that were read or pushed meanwhile. What
 * reached a device is noted, so that another try leaves it out; a crash between the two sends again what takes the
 * place of the first on the device.
 * @throws PushUndelivered when something has to be tried later @throws PushRefused when something never gets there
 * @throws PushNotSetUp when nothing can be pushed at all
 */
export async function pushNotifications(deps: Deps, scope: TenantScope, content: PushContent): Promise<Turn> {
  const now = deps.clock.now();
  const notifications = new NotificationRepository(scope);
  const devices = new DeviceRepository(scope);
  const [found, live] = await Promise.all([notifications.findMany(content.notifications), devices.listLive(now)]);
  const end = now.getTime() + TURN_MS;
  const kept = { undelivered: [], refused: [], outOfTime: false };
  const turn: PushTurn = { ...deps, ...kept, empresaId: scope.empresaId, notifications, devices, end };
  const waiting = found.filter(({ is_read, push_sent }) => !is_read && !push_sent);
  await eachLimit(waiting, AT_ONCE, (notification) => {
    const own = live.filter(({ user_id }) => user_id === notification.recipient);
    return pushToAll(turn, notification, own);
  });
  const [undelivered] = turn.undelivered;
  if (undelivered !== undefined) throw undelivered;
  if (turn.outOfTime) return 'again';
  const [refused] = turn.refused;
  if (refused !== undefined) throw refused;
  return 'done';
}

/** One device after the other: a person has few. */
async function pushToAll(turn: PushTurn, notification: Notification, devices: readonly Device[]): Promise<void> {
  const message = messageOf(turn.empresaId, notification);
  const done = new Set(notification.pushed_to);
  const left = devices.filter(({ token }) => !done.has(deviceDigest(token)));
  if (left.length === 0 && done.size === 0) return;
  try {
    for (const device of left) {
      if (await isSettled(turn, device, message)) done.add(deviceDigest(device.token));
    }
  } finally {
    const isAll = devices.every(({ token }) => done.has(deviceDigest(token)));
    if (isAll) await turn.notifications.notePush(notification, 'all');
    else if (done.size > notification.pushed_to.length) await turn.notifications.notePush(notification, [...done]);
  }
}

/** Whether the device need not be tried again. @throws PushNotSetUp */
async function isSettled(turn: PushTurn, device: Device, message: PushMessage): Promise<boolean> {
  if (turn.undelivered.length >= MOST_UNDELIVERED) return false;
  if (turn.clock.now().getTime() > turn.end) {
    turn.outOfTime = true;
    return false;
  }
  try {
    if ((await turn.push.send(device.token, message)) === 'gone') await turn.devices.forget(device);
    return true;
  } catch (thrown) {
    if (thrown instanceof PushUndelivered) {
      turn.undelivered.push(thrown);
      return false;
    }
    if (!(thrown instanceof PushRefused)) throw thrown;
    turn.refused.push(thrown);
    return true;
  }
}

/** `aristay.md` §7.6. */
function messageOf(empresaId: string, { number, verb, task, task_title, message }: Notification): PushMessage {
  return {
    // A number is known in its company alone, and a device may go from one to another.
    id: `${empresaId}.${number}`,
    title: `Task ${verb.replaceAll('_', ' ')}`,
    body: task_title ?? message,
    data: {
      task_id: String(task ?? ''),
      notification_id: String(number),
      verb,
      click_action: 'FLUTTER_NOTIFICATION_CLICK',
    },
  };
}
