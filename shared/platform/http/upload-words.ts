import type { SurfaceName } from './route.ts';

/** What a surface says of uploads, and how it calls the id of a staged file. */
export interface UploadWords {
  readonly idField: 'subida_id' | 'upload_id';
  /** Whether a refusal names the form field at fault (`aristay.md` §1.7); else it is a sentence alone. */
  readonly namesField: boolean;
  /** Neither a form nor an id. */
  missing(field: string): string;
  readonly malformed: string;
  readonly twoFiles: string;
  wrongExtension(extensions: readonly string[]): string;
  /** The format that Excel wrote until 2003. */
  readonly oldFormat: string;
  readonly empty: string;
  readonly tooLarge: string;
  readonly unknownId: string;
}

const SPANISH: UploadWords = {
  idField: 'subida_id',
  namesField: false,
  missing: (field) =>
    `Falta el fichero: envíalo como multipart/form-data en el campo «${field}», o envía su subida_id.`,
  malformed: 'El formulario está incompleto o no es multipart/form-data bien formado. Vuelve a enviarlo.',
  twoFiles: 'Envía un solo fichero.',
  wrongExtension: (extensions) =>
    `El fichero debe ser ${extensions.join(' o ')}. Guárdalo en ese formato y súbelo de nuevo.`,
  oldFormat:
    'El fichero está en el formato antiguo .xls. Ábrelo en Excel o LibreOffice, guárdalo como «Libro de Excel (.xlsx)» y súbelo de nuevo.',
  empty: 'El fichero está vacío. Comprueba que se ha exportado bien y súbelo de nuevo.',
  tooLarge:
    'El fichero supera los 4,4 MB que admite esta dirección. Súbelo con POST /api/subidas y envía su subida_id.',
  unknownId: 'Esa subida no existe, ya se ha usado o ha caducado. Sube el fichero de nuevo.',
};

const ENGLISH: UploadWords = {
  idField: 'upload_id',
  namesField: true,
  missing: (field) =>
    `No file was sent: send it as multipart/form-data in the field "${field}", or send its upload_id.`,
  malformed: 'The form is incomplete or no well-formed multipart/form-data. Send it again.',
  twoFiles: 'Send a single file.',
  wrongExtension: (extensions) =>
    `The file must be ${extensions.join(' or ')}. Save it in that format and upload it again.`,
  oldFormat:
    'The file is in the old .xls format. Open it in Excel or LibreOffice, save it as “Excel Workbook (.xlsx)” and upload it again.',
  empty: 'The file is empty. Check that it was exported properly and upload it again.',
  tooLarge:
    'The file exceeds the 4.4 MB that this address takes. Upload it by a presigned form and send its upload_id.',
  unknownId: 'That upload does not exist, has been used or has expired. Upload the file again.',
};

/** Apart from the surfaces, so that functions without files do not carry them. */
export const UPLOAD_WORDS: Readonly<Record<SurfaceName, UploadWords>> = { sidekick: SPANISH, aristay: ENGLISH };
