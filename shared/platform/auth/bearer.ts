/** The token of an `Authorization` header; the scheme word in any case (ruling 1). Undefined when there is none. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^bearer +([\w.~+/=-]+)$/i.exec(header ?? '')?.[1];
}
