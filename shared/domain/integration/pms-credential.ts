import * as z from 'zod';
import type { PmsProvider } from './pms-provider.ts';

/** Travels in a header, which carries no other characters: another one is a slip of the clipboard. */
const headerText = z.string().regex(/^[\x20-\x7e]+$/);
const secretText = z.string().min(1);

/** What opens an account at a provider, in parts (`integrations.md` §0.4). Rests sealed, is never logged or answered. */
export const pmsCredential = z.discriminatedUnion('proveedor', [
  /** Without a secret: an old single key (§1.1.2). */
  z.object({ proveedor: z.literal('smoobu'), key: headerText, secret: secretText.nullable() }),
  /** `bare`: of a kind that only Beds24 can tell (§1.2.2). */
  z.object({
    proveedor: z.literal('beds24'),
    kind: z.enum(['invite', 'refresh', 'longlife', 'bare']),
    token: headerText,
  }),
  z.object({ proveedor: z.literal('hostaway'), account: z.string().regex(/^\d+$/), secret: secretText }),
  /** `property`: the one that the key is pinned to. */
  z.object({ proveedor: z.literal('cloudbeds'), key: headerText, property: headerText.nullable() }),
]);
export type PmsCredential = z.infer<typeof pmsCredential>;
export type PmsCredentialOf<P extends PmsProvider> = Extract<PmsCredential, { proveedor: P }>;

/** How a credential is to be written, for whoever typed another thing. */
const FORMS: Readonly<Record<PmsProvider, string>> = {
  smoobu: 'Escríbela como clave:secreto, tal como las muestra Smoobu.',
  beds24: 'Escríbela como invite:código, refresh:token o longlife:token.',
  hostaway: 'Escríbela como número de cuenta:clave, tal como los muestra Hostaway.',
  cloudbeds: 'Escríbela tal como la muestra Cloudbeds; para fijar un alojamiento, clave@identificador.',
};

const QUOTES = /^(["'“”‘’`])(.*)["'“”‘’`]$/su;

/** Without surrounding white space and quotes, however many a form or a spreadsheet has put around it. */
function bareText(typed: string): string {
  const trimmed = typed.trim();
  const inner = QUOTES.exec(trimmed)?.[2];
  return inner === undefined ? trimmed : bareText(inner);
}

/** Cuts at a mark; undefined when it is not there. */
function cutAt(value: string, at: number): readonly [string, string] | undefined {
  return at < 0 ? undefined : [value.slice(0, at), value.slice(at + 1)];
}

function beds24(value: string): unknown {
  const [, kind = 'bare', token = value] = /^(invite|refresh|longlife):(.*)$/is.exec(value) ?? [];
  return { proveedor: 'beds24', kind: kind.toLowerCase(), token: token.trim() };
}

const PARTS: Readonly<Record<PmsProvider, (value: string) => unknown>> = {
  smoobu: (value) => {
    const [key, secret] = cutAt(value, value.indexOf(':')) ?? [value, null];
    return { proveedor: 'smoobu', key: key.trim(), secret: secret?.trim() ?? null };
  },
  beds24,
  hostaway: (value) => {
    const [account, secret] = cutAt(value, value.indexOf(':')) ?? [];
    return { proveedor: 'hostaway', account: account?.trim(), secret: secret?.trim() };
  },
  cloudbeds: (value) => {
    const [key, property] = cutAt(value, value.lastIndexOf('@')) ?? [value, null];
    return { proveedor: 'cloudbeds', key: key.trim(), property: property?.trim() ?? null };
  },
};

/** The parts of what somebody typed, or the sentence that says how to write it. */
export type ParsedCredential = { readonly credential: PmsCredential } | { readonly problem: string };

/** Reads the one text field in which all four providers' credentials are typed (`integrations.md` §0.4). */
export function parsePmsCredential(proveedor: PmsProvider, typed: string): ParsedCredential {
  const parsed = pmsCredential.safeParse(PARTS[proveedor](bareText(typed)));
  return parsed.success ? { credential: parsed.data } : { problem: FORMS[proveedor] };
}
