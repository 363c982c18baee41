import * as z from 'zod';

/** What a photo shows (`aristay.md` §3.7). */
export const PHOTO_TYPES = ['before', 'after', 'general', 'reference', 'during', 'damage', 'checklist'] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

export const PHOTO_STATUSES = ['pending', 'approved', 'rejected', 'archived'] as const;
export type PhotoStatus = (typeof PHOTO_STATUSES)[number];

const id = z.int().positive();

/** A photo of a task (`aristay.md` §3.7). People are known by the integer of their profile. */
export const photo = z.object({
  id,
  task_id: id,
  photo_type: z.enum(PHOTO_TYPES),
  photo_status: z.enum(PHOTO_STATUSES),
  /** By task and type; never given twice, whatever is deleted. */
  sequence_number: id,
  /** It may name a guest, and rests sealed (ruling 8). */
  description: z.string().max(2_000),
  /** Name of its objects, 32 hexadecimal digits that nobody can guess. */
  name: z.string(),
  format: z.enum(['webp', 'jpeg']),
  /** Of the stored file. */
  size_bytes: z.int().positive(),
  width: id,
  height: id,
  /** Of what was sent. */
  original_size_bytes: z.int().positive(),
  /** The response of the task's checklist that it shows. */
  checklist_response: id.nullable(),
  /** UTC, whole seconds. */
  uploaded_at: z.iso.datetime(),
  uploaded_by: id,
  uploaded_by_username: z.string(),
});
export type Photo = z.infer<typeof photo>;

export const storedPhoto = photo.omit({ description: true }).extend({ sealed: z.string() });

/** @example typeLabel('before') // 'Before Photo' */
export function typeLabel(type: PhotoType): string {
  return `${type.charAt(0).toUpperCase()}${type.slice(1)} Photo`;
}

const STATUS_LABELS = {
  pending: 'Pending Review',
  approved: 'Approved',
  rejected: 'Rejected',
  archived: 'Archived',
} as const satisfies Readonly<Record<PhotoStatus, string>>;

export function photoStatusLabel(status: PhotoStatus): string {
  return STATUS_LABELS[status];
}

/** Every move of a review that there is (`aristay.md` §7.4). */
const MOVES: Readonly<Record<PhotoStatus, readonly PhotoStatus[]>> = {
  pending: ['approved', 'rejected'],
  approved: ['archived', 'rejected'],
  rejected: ['pending', 'approved', 'archived'],
  archived: ['pending', 'approved', 'rejected'],
};

/** Staying is no move and always goes. */
export function mayMove(from: PhotoStatus, to: PhotoStatus): boolean {
  return from === to || MOVES[from].includes(to);
}
