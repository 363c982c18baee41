import { SpreadsheetError } from './spreadsheet-error.ts';
import type { SpreadsheetLimits } from './spreadsheet-limits.ts';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP_ENTRY = Buffer.from('PK\u0003\u0004', 'latin1');
/** Stream of an OLE container that holds an encrypted workbook ([MS-OFFCRYPTO] §2.3.4.4). */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
/** BOF records of Excel 2 to 5 files that have no OLE container ([MS-XLS] §2.4.21): version, then record length. */
const BIFF_VERSIONS = [0x00, 0x02, 0x04, 0x08];
const BIFF_LENGTHS = [0x04, 0x06, 0x08, 0x10];

/** Extensions that a sentence may name: none is taken from the upload. */
const KNOWN_EXTENSIONS = [
  '.xls',
  '.xlsm',
  '.xlsb',
  '.xltx',
  '.xltm',
  '.csv',
  '.ods',
  '.numbers',
  '.pdf',
  '.txt',
  '.html',
];

/**
 * Refuses by name, size and first bytes what cannot be an `.xlsx`, before anything is opened
 * (`stay-sidekick.md` §2.16). Without a name the extension is not looked at.
 *
 * @throws SpreadsheetError `wrong_extension`, `empty_file`, `too_large`, `encrypted`, `legacy_xls` or `not_a_workbook`
 */
export function checkFile(bytes: Buffer, fileName: string | undefined, limits: SpreadsheetLimits): void {
  if (fileName !== undefined) checkExtension(fileName);
  if (bytes.length === 0) throw new SpreadsheetError('empty_file');
  if (bytes.length > limits.fileBytes) throw new SpreadsheetError('too_large', { limit: limits.fileBytes });
  if (startsWith(bytes, OLE)) {
    throw new SpreadsheetError(bytes.includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'legacy_xls');
  }
  if (isBareBiff(bytes)) throw new SpreadsheetError('legacy_xls');
  if (!startsWith(bytes, ZIP_ENTRY)) throw new SpreadsheetError('not_a_workbook');
}

function checkExtension(fileName: string): void {
  const name = fileName.trim().toLowerCase();
  if (name.endsWith('.xlsx') && name !== '.xlsx') return;
  const extension = KNOWN_EXTENSIONS.find((known) => name.endsWith(known));
  throw new SpreadsheetError('wrong_extension', extension === undefined ? {} : { extension });
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

function isBareBiff(bytes: Buffer): boolean {
  const [record, version = -1, length = -1, lengthHigh] = bytes;
  return record === 0x09 && BIFF_VERSIONS.includes(version) && BIFF_LENGTHS.includes(length) && lengthHigh === 0;
}
