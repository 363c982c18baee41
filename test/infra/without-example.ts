/** Functions whose routes came before their examples: a name goes with the first example, and none is added. */
export const WITHOUT_EXAMPLE: ReadonlySet<string> = new Set([
  'staff-tasks',
  'booking-imports',
  'calendars',
  'photos',
  'photo-uploads',
]);
