import { acknowledgedWrites } from './acknowledged-writes.ts';
import { auditChain } from './audit-chain.ts';
import { calendars } from './calendars.ts';
import { counters } from './counters.ts';
import { deadLetters } from './dead-letters.ts';
import { errorShapes } from './error-shapes.ts';
import { eventLog } from './event-log.ts';
import { eventsTellChanges } from './events-tell-changes.ts';
import { forms } from './forms.ts';
import type { Invariant } from './invariant.ts';
import { isolation } from './isolation.ts';
import { notificationsOnce } from './notifications.ts';
import { orphans } from './orphans.ts';
import { turnovers } from './turnovers.ts';
import { webhooks } from './webhooks.ts';

/** All of them, in the order of the table; the calendars are read once more, before turnovers and logs are compared. */
export const INVARIANTS: readonly Invariant[] = [
  acknowledgedWrites,
  calendars,
  notificationsOnce,
  turnovers,
  counters,
  eventLog,
  eventsTellChanges,
  auditChain,
  webhooks,
  forms,
  isolation,
  deadLetters,
  errorShapes,
  orphans,
];
