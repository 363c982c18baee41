import { type Company, DEFAULT_ZONE } from '../../../shared/domain/company/company.ts';
import { type AiLimits, type UsageWindow, usageOf } from '../../../shared/domain/vault/ai-usage.ts';
import { localDateTime } from '../../../shared/platform/calendar/time-zone.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly usage: { find(): Promise<UsageWindow> };
  readonly companies: { find(): Promise<Company | undefined> };
  readonly limits: AiLimits;
  readonly now: Date;
}

/** The company's use of the shared tier today and in the last seven days, by its own calendar. */
export async function readAiUsage({ usage, companies, limits, now }: Deps) {
  // Side by side: the day depends on the company's zone, the counts on nothing.
  const [window, company] = await Promise.all([usage.find(), companies.find()]);
  const { date } = localDateTime(now, company?.zona_horaria ?? DEFAULT_ZONE);
  return ok({ ...usageOf(window, date), limite_diario: limits.daily, limite_semanal: limits.weekly });
}
