/** The session tag that the policy of a tenant role compares keys with (`platform.md` §5, second wall). */
export const TENANT_TAG = 'empresa_id';
