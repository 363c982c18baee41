import { type PartSource, readPart } from './read-part.ts';
import { readRelationships } from './relationships.ts';
import type { DateSystem } from './serial-date.ts';
import { SpreadsheetError } from './spreadsheet-error.ts';
import type { XmlAttributes } from './xml-parser.ts';

export interface SheetEntry {
  readonly name: string;
  readonly visible: boolean;
  /** False for chart sheets and the like, which have no cells. */
  readonly worksheet: boolean;
  readonly partName: string | undefined;
}

/** What `workbook.xml` and its relationships say. */
export interface WorkbookPart {
  readonly dateSystem: DateSystem;
  readonly activeTab: number;
  readonly sheets: readonly SheetEntry[];
  readonly sharedStringsPart: string | undefined;
  readonly stylesPart: string | undefined;
}

interface SheetElement {
  readonly name: string;
  readonly visible: boolean;
  readonly relationshipId: string | undefined;
}

/** @throws SpreadsheetError `not_a_workbook` where the package holds something else, such as a document */
export async function readWorkbookPart(source: PartSource): Promise<WorkbookPart> {
  const main = (await readRelationships(source, '')).find((relationship) => relationship.type === 'officeDocument');
  const partName = main?.partName ?? 'xl/workbook.xml';
  if (!source.parts.has(partName)) throw new SpreadsheetError('not_a_workbook');
  const reader = createWorkbookReader();
  await readPart(source, partName, reader, source.limits.metadataBytes);
  const relationships = await readRelationships(source, partName);
  const partOfType = (type: string) => relationships.find((relationship) => relationship.type === type)?.partName;
  const sheets = reader.sheets.map(({ name, visible, relationshipId }) => {
    const relationship = relationships.find(({ id }) => id === relationshipId);
    const worksheet = relationship === undefined || relationship.type === 'worksheet';
    return { name, visible, worksheet, partName: relationship?.partName };
  });
  return {
    dateSystem: reader.date1904 ? 1904 : 1900,
    activeTab: reader.activeTab ?? 0,
    sheets,
    sharedStringsPart: partOfType('sharedStrings'),
    stylesPart: partOfType('styles'),
  };
}

function createWorkbookReader() {
  return {
    date1904: false,
    activeTab: undefined as number | undefined,
    sheets: [] as SheetElement[],
    open(name: string, attributes: XmlAttributes, depth: number) {
      if (depth === 1 && name !== 'workbook') throw new SpreadsheetError('not_a_workbook');
      if (depth === 2 && name === 'workbookPr') this.date1904 = isTrue(attributes.date1904);
      else if (depth === 3 && name === 'workbookView') this.activeTab ??= Number(attributes.activeTab ?? 0);
      else if (depth === 3 && name === 'sheet') this.sheets.push(sheetElement(attributes));
    },
    close() {},
  };
}

function sheetElement(attributes: XmlAttributes): SheetElement {
  // `r:id` under whatever prefix the file binds to the relationships namespace.
  const id = Object.keys(attributes).find((name) => name.endsWith(':id'));
  return {
    name: attributes.name ?? '',
    visible: (attributes.state ?? 'visible') === 'visible',
    relationshipId: id === undefined ? undefined : attributes[id],
  };
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
