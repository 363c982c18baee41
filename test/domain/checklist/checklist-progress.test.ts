import { describe, expect, it } from 'vitest';
import type { ChecklistItem, ItemType } from '../../../shared/domain/checklist/checklist.ts';
import { isBlocked, lackOf, progressOf, timesOf } from '../../../shared/domain/checklist/checklist-progress.ts';

const NOW = '2026-06-01T10:00:00Z';
const item = (item_type: ItemType = 'check', is_required = true): ChecklistItem => ({
  id: 1,
  title: 'Strip beds',
  description: '',
  item_type,
  is_required,
  order: 0,
  room_type: '',
});
const response = (is_completed: boolean, of: ChecklistItem = item()) => ({ is_completed, item: of });

describe('progress', () => {
  it.each([
    [0, 0, { percentage: 0, completed: 0, total: 0, remaining: 0 }],
    [2, 8, { percentage: 25, completed: 2, total: 8, remaining: 6 }],
    [2, 3, { percentage: 66, completed: 2, total: 3, remaining: 1 }],
    [3, 3, { percentage: 100, completed: 3, total: 3, remaining: 0 }],
  ])('%i of %i', (completed, total, expected) => {
    expect(progressOf(Array.from({ length: total }, (_, at) => response(at < completed)))).toEqual(expected);
  });

  it('counts optional items like required ones', () => {
    expect(progressOf([response(true), response(false, item('check', false))]).percentage).toBe(50);
  });
});

describe('a blocking item', () => {
  it('blocks while it is required and open', () => {
    expect(isBlocked([response(false, item('blocking'))])).toBe(true);
    expect(isBlocked([response(true, item('blocking')), response(false)])).toBe(false);
    expect(isBlocked([response(false, item('blocking', false))])).toBe(false);
  });
});

describe('before it is ticked', () => {
  const empty = { text_response: ' ', number_response: null };
  it.each([
    ['photo_required', 'photo'],
    ['text_input', 'text'],
    ['number_input', 'number'],
    ['photo_optional', undefined],
    ['check', undefined],
  ] as const)('an item of type %s lacks %s', (type, lack) => {
    expect(lackOf({ item: item(type), ...empty }, 0)).toBe(lack);
    expect(lackOf({ item: item(type), text_response: 'x', number_response: '0' }, 1)).toBeUndefined();
  });
});

describe('the times of a checklist', () => {
  const fresh = { started_at: null, completed_at: null, completed_by: null };
  const by = { by: 41, now: NOW };

  it('begin with the first item, end with the last required one', () => {
    const begun = timesOf(fresh, [response(true), response(false)], by);
    expect(begun).toEqual({ started_at: NOW, completed_at: null, completed_by: null });
    const done = timesOf(begun, [response(true), response(true), response(false, item('check', false))], by);
    expect(done).toEqual({ started_at: NOW, completed_at: NOW, completed_by: 41 });
    const later = { by: 7, now: '2026-06-02T10:00:00Z' };
    expect(timesOf(done, [response(true), response(true)], later)).toEqual(done);
    expect(timesOf(done, [response(false), response(true)], later)).toEqual(begun);
  });

  it('do not end before anything was done, even where nothing is required', () => {
    expect(timesOf(fresh, [response(false, item('check', false))], by)).toEqual(fresh);
    expect(timesOf(fresh, [], by)).toEqual(fresh);
  });
});
