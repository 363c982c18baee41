const DAY_MS = 24 * 3600_000;

/** An expiry rule of the template: objects under `prefix` (all when absent) die `days` days after their creation. */
export interface LifecycleRule {
  readonly prefix?: string | undefined;
  readonly days: number;
}

/**
 * The instant a rule ends an object: `days` after its creation, rounded up to the next midnight UTC
 * (S3 user guide, "Lifecycle rules based on an object's age").
 */
export function expiresAt(rule: LifecycleRule, lastModified: Date): Date {
  return new Date(Math.ceil((lastModified.getTime() + rule.days * DAY_MS) / DAY_MS) * DAY_MS);
}

/** Whether any rule has ended the object by `now`. */
export function isExpired(
  rules: readonly LifecycleRule[],
  object: { readonly key: string; readonly lastModified: Date },
  now: Date,
): boolean {
  return rules.some(
    (rule) =>
      object.key.startsWith(rule.prefix ?? '') && expiresAt(rule, object.lastModified).getTime() <= now.getTime(),
  );
}
