import type { Reservation } from '../reservation/reservation.ts';
import type { ArrivalApartment } from './apartment-match.ts';
import { type StayKey, stayKeyOf } from './stay-identity.ts';

/** One source's report of a stay. */
export interface StayReport {
  readonly reservation: Reservation;
  readonly apartment: ArrivalApartment;
  readonly key: StayKey;
}

interface ReportGroup extends StayKey {
  readonly reports: StayReport[];
}

/** Fewer words than these in common could be two guests called Ana. */
const SHARED_WORDS = 2;

/** A report of a reservation in the dwelling that was looked up for it. */
export function reportOf(reservation: Reservation, apartment: ArrivalApartment): StayReport {
  return { reservation, apartment, key: stayKeyOf(reservation, apartment) };
}

/**
 * Sorts the reports of all sources into stays. Two reports are the same stay when check-in, dwelling and guest are
 * the same; a vaguer one (no guest, no dwelling, or some words of the name only: `Ana García` beside
 * `García López, Ana`) joins the more exact one if there is exactly one it can mean, since losing a guest is worse
 * than listing one twice. The answer does not depend on the order of the reports.
 *
 * @returns one list of reports for each stay, that of the most exact report first
 */
export function groupSameStays(reports: readonly StayReport[]): StayReport[][] {
  const groups = [...groupByKey(reports).values()];
  const moreExact = moreExactGroups(groups);
  const tops = new Map<ReportGroup, StayReport[]>();
  const joining: [ReportGroup, ReportGroup][] = [];
  for (const group of groups) {
    const candidates = (moreExact.get(group) ?? []).filter((other) => moreExact.get(other)?.length === 0);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) joining.push([group, only]);
    else tops.set(group, [...group.reports]);
  }
  for (const [group, top] of joining) tops.get(top)?.push(...group.reports);
  return [...tops.values()];
}

function groupByKey(reports: readonly StayReport[]): Map<string, ReportGroup> {
  const groups = new Map<string, ReportGroup>();
  for (const report of reports) {
    const name = groupName(report);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { ...report.key, reports: [report] });
    else group.reports.push(report);
  }
  return groups;
}

/** Reports that name neither guest nor dwelling have nothing in common but the day: each record is its own stay. */
function groupName({ key, reservation }: StayReport): string {
  const anonymous = key.guest.length === 0 && key.dwelling === '';
  const record = anonymous ? [reservation.source, reservation.id_externo] : [];
  return [key.date, key.dwelling, key.guest.join(' '), ...record].join('\u0000');
}

/** For each group those that could be the same stay told more exactly. Looked up by word or dwelling: files are long. */
function moreExactGroups(groups: readonly ReportGroup[]): Map<ReportGroup, ReportGroup[]> {
  const byWord = new Map<string, ReportGroup[]>();
  const byDwelling = new Map<string, ReportGroup[]>();
  for (const group of groups) {
    append(byDwelling, group.dwelling, group);
    for (const word of group.guest) append(byWord, word, group);
  }
  /** The shortest list that holds every group which `isVaguer` could accept. */
  const nearby = ({ dwelling, guest }: ReportGroup): readonly ReportGroup[] => {
    const lists = guest.map((word) => byWord.get(word) ?? []);
    if (dwelling !== '') lists.push(byDwelling.get(dwelling) ?? []);
    return lists.sort((a, b) => a.length - b.length)[0] ?? [];
  };
  return new Map(groups.map((group) => [group, nearby(group).filter((other) => isVaguer(group, other))]));
}

function isVaguer(group: ReportGroup, other: ReportGroup): boolean {
  if (group === other || group.date !== other.date) return false;
  if (group.dwelling !== other.dwelling && group.dwelling !== '') return false;
  if (group.guest.length === 0) return other.guest.length > 0;
  return group.guest.length >= SHARED_WORDS && group.guest.every((word) => other.guest.includes(word));
}

function append(map: Map<string, ReportGroup[]>, key: string, group: ReportGroup): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [group]);
  else list.push(group);
}
