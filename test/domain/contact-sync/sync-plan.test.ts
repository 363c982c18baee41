import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../shared/domain/contact/contact.ts';
import { ContactDirectory, changesOf, Prints } from '../../../shared/domain/contact-sync/contact-link.ts';
import { planSync, targetsOf } from '../../../shared/domain/contact-sync/sync-plan.ts';
import { person } from '../../../shared/domain/google/person.ts';

const prints = new Prints({ bytes: new Uint8Array(32).fill(7) });
const contact = (name: string, phone: string, checkIn: string | null = null): Contact => {
  return { name, phone, checkIn, apartments: [] };
};
const targets = (...contacts: readonly Contact[]) => targetsOf(contacts, prints, ({ name }) => name);
const known = (...people: readonly (readonly [resourceName: string, name: string, ...phones: string[]])[]) => {
  const directory = new ContactDirectory();
  for (const [resourceName, displayName, ...phones] of people) {
    const phoneNumbers = phones.map((value) => ({ value }));
    directory.apply(prints.ofPerson(person.parse({ resourceName, names: [{ displayName }], phoneNumbers })));
  }
  return directory;
};
const plan = (wanted: ReturnType<typeof targets>, directory: ContactDirectory) => {
  const { create, rename } = planSync(wanted, directory, prints);
  return {
    create: create.map(({ name }) => name),
    rename: rename.map(({ resourceName, target }) => [resourceName, target.name]),
  };
};

describe('targets', () => {
  it('are one for each number, with the name of the first guest who has it', () => {
    const found = targets(contact('Ana', '600 111 222', '2026-07-01'), contact('Berta', '+34600111222', '2026-06-01'));
    expect(found).toMatchObject([{ name: 'Ana', phone: '600 111 222' }]);
  });
});

describe('a plan', () => {
  it('creates who is not there, renames who is called otherwise, leaves the rest', () => {
    const directory = known(['people/c1', 'Ana', '+34600000001'], ['people/c2', 'Otra', '0034 600 000 002']);
    const wanted = targets(contact('Ana', '600000001'), contact('Berta', '600000002'), contact('Carla', '600000003'));
    expect(plan(wanted, directory)).toEqual({ create: ['Carla'], rename: [['people/c2', 'Berta']] });
  });

  it('takes names as equal that differ in spaces alone', () => {
    const directory = known(['people/c1', '260603 - - Ana', '600000001']);
    const plans = ['260603 -  - Ana', '260603 - - Ana ', '260603 - - Anna'].map(
      (name) => plan(targets(contact(name, '600000001')), directory).rename.length,
    );
    expect(plans).toEqual([0, 0, 1]);
  });

  it('lets one guest name a contact with two numbers, always the same one', () => {
    const directory = known(['people/c1', 'Ana', '600000001', '600000002']);
    const wanted = targets(contact('Ana', '600000001'), contact('Berta', '600000002'));
    expect(plan(wanted, directory)).toEqual({ create: [], rename: [] });
  });

  it('takes the same contact each time where several have a number', () => {
    const directory = known(['people/c2', 'Ana', '600000001'], ['people/c1', 'Otra', '600000001']);
    expect(plan(targets(contact('Ana', '600000001')), directory).rename).toEqual([['people/c1', 'Ana']]);
  });
});

describe('what Google says has changed', () => {
  const directoryAfter = (...people: readonly object[]) => {
    const directory = known(['people/c1', 'Ana', '600000001'], ['people/c2', 'Berta', '600000002']);
    for (const change of changesOf(
      people.map((one) => person.parse(one)),
      prints,
    ))
      directory.apply(change);
    return (phone: string) => directory.find(prints.ofPhone(phone))?.resourceName;
  };

  it('takes deleted contacts out', () => {
    const find = directoryAfter({ resourceName: 'people/c1', metadata: { deleted: true } });
    expect([find('600000001'), find('600000002')]).toEqual([undefined, 'people/c2']);
  });

  it('forgets the numbers that a contact has no longer', () => {
    const find = directoryAfter({ resourceName: 'people/c1', phoneNumbers: [{ value: '600000003' }] });
    expect([find('600000001'), find('600000003')]).toEqual([undefined, 'people/c1']);
  });

  it('lets a merged contact take over from the old names', () => {
    const find = directoryAfter({
      resourceName: 'people/c9',
      metadata: { previousResourceNames: ['people/c1', 'people/c9'] },
      phoneNumbers: [{ value: '+34600000001' }],
    });
    expect(find('600000001')).toBe('people/c9');
  });

  it('believes Google on what a number is, where it says so', () => {
    const find = directoryAfter({
      resourceName: 'people/c1',
      phoneNumbers: [{ value: '06 12 34 56 78', canonicalForm: '+33612345678' }],
    });
    expect(find('+33612345678')).toBe('people/c1');
  });
});
