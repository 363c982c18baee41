import { S3Error } from './s3-error.ts';

/** A form as it stands when its file begins: field names in lower case. */
export interface PolicyForm {
  readonly fields: Readonly<Record<string, string>>;
  /** From the address, held against a `bucket` condition. */
  readonly bucket: string;
}

/** Bounds of `content-length-range`, in bytes, both included. */
export interface SizeBounds {
  readonly min: number;
  readonly max: number;
}

interface PostPolicy {
  readonly expiration: string;
  readonly conditions: readonly Condition[];
}

type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string }
  | { readonly kind: 'content-length-range'; readonly bounds: SizeBounds };

/** Fields a policy need not name ("Condition matching", S3 POST policy). */
const EXEMPT = new Set(['x-amz-signature', 'file', 'policy', 'awsaccesskeyid', 'signature', 'bucket']);

/**
 * Holds a form against its policy document: expiry, every condition, and no field without a condition.
 * Answers the size bounds, which can only be checked while the file arrives. Throws `AccessDenied` or
 * `InvalidPolicyDocument`.
 */
export function checkPolicy(encoded: string, form: PolicyForm, clocks: readonly (() => Date)[]): SizeBounds {
  const policy = parsePolicy(encoded);
  const expiration = Date.parse(policy.expiration);
  if (Number.isNaN(expiration)) throw invalid('Invalid Policy: Invalid expiration date');
  if (!clocks.some((clock) => clock().getTime() <= expiration)) throw refused('Policy expired.');
  const values: Record<string, string> = { ...form.fields, bucket: form.bucket };
  const named = new Set<string>();
  let bounds: SizeBounds = { min: 0, max: Number.POSITIVE_INFINITY };
  for (const condition of policy.conditions) {
    if (condition.kind === 'content-length-range') bounds = narrow(bounds, condition.bounds);
    else {
      named.add(condition.field);
      if (!holds(condition, values[condition.field] ?? '')) {
        throw refused(`Policy Condition failed: ["${condition.kind}", "$${condition.field}", "${condition.value}"]`);
      }
    }
  }
  const extra = Object.keys(form.fields).find(
    (name) => !named.has(name) && !EXEMPT.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra !== undefined) throw refused(`Extra input fields: ${extra}`);
  return bounds;
}

function narrow(a: SizeBounds, b: SizeBounds): SizeBounds {
  return { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) };
}

/** `Content-Type` may be a list: then each entry has to begin with the value. */
function holds(condition: Extract<Condition, { field: string }>, given: string): boolean {
  if (condition.kind === 'eq') return given === condition.value;
  const entries = condition.field === 'content-type' ? given.split(',') : [given];
  return entries.every((entry) => entry.startsWith(condition.value));
}

function parsePolicy(encoded: string): PostPolicy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid Policy: Invalid JSON.');
  }
  if (document === null || typeof document !== 'object') throw invalid('Invalid Policy: Not an object.');
  const { expiration, conditions } = document as Record<string, unknown>;
  if (typeof expiration !== 'string') throw invalid('Invalid Policy: Policy missing expiration.');
  if (!Array.isArray(conditions)) throw invalid('Invalid Policy: Policy missing conditions.');
  return { expiration, conditions: conditions.flatMap(parseCondition) };
}

function parseCondition(source: unknown): Condition[] {
  if (Array.isArray(source)) return [parseTriple(source)];
  if (source === null || typeof source !== 'object') throw invalid('Invalid Policy: Invalid condition.');
  return Object.entries(source).map(([field, value]) => ({
    kind: 'eq',
    field: field.toLowerCase(),
    value: String(value),
  }));
}

function parseTriple(source: readonly unknown[]): Condition {
  const [operator, second, third] = source;
  const kind = String(operator).toLowerCase();
  if (kind === 'content-length-range' && Number.isInteger(Number(second)) && Number.isInteger(Number(third))) {
    return { kind, bounds: { min: Number(second), max: Number(third) } };
  }
  const names = typeof second === 'string' && second.startsWith('$') && typeof third === 'string';
  if ((kind === 'eq' || kind === 'starts-with') && names) {
    return { kind, field: second.slice(1).toLowerCase(), value: third };
  }
  throw invalid('Invalid Policy: Invalid condition.');
}

function refused(reason: string): S3Error {
  return new S3Error('AccessDenied', `Invalid according to Policy: ${reason}`);
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidPolicyDocument', message);
}
