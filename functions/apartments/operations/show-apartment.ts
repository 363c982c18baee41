import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { entityTag } from '../../../shared/platform/http/entity-tag.ts';
import { reply } from '../../../shared/platform/http/route.ts';

/** An apartment with the tag by which a change can be bound to it. */
export function showApartment(apartamento: Apartment) {
  return reply(ok({ apartamento }), { headers: { ETag: entityTag(apartamento.revision) } });
}
