import * as z from 'zod';

/** A device under which its platform reaches a person. */
export const device = z.object({
  token: z.string(),
  user_id: z.string(),
  /** Epoch seconds; registering again puts it off. */
  expires_at: z.number(),
});
export type Device = z.infer<typeof device>;

/** TTL may delete days late, and what it has not deleted yet is gone all the same. */
export function isLive({ expires_at }: Pick<Device, 'expires_at'>, now: Date): boolean {
  return expires_at * 1_000 > now.getTime();
}
