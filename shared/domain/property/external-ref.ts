/** What tells whether an apartment is the dwelling that somebody refers to. */
interface Referable {
  readonly id_pms: string | null;
  readonly id_externo: string | null;
}

/**
 * The apartment that is the same dwelling as a property or unit with this `external_ref` (ruling 6): the one whose
 * `id_pms` it is, else the one whose `id_externo` it is if no other apartment of the company has the same.
 */
export function referredApartment<A extends Referable>(ref: string | null, apartments: readonly A[]): A | undefined {
  if (ref === null) return undefined;
  const byPms = apartments.find(({ id_pms }) => id_pms === ref);
  if (byPms !== undefined) return byPms;
  const [first, ...others] = apartments.filter(({ id_externo }) => id_externo === ref);
  return others.length === 0 ? first : undefined;
}
