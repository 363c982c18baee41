import type { SecretDefinition } from '../template/storage.ts';

/** What partners would have issued: the stand-ins know these. */
const ISSUED = {
  DISCORD_WEBHOOK_URL: 'https://discord.com/api/webhooks/1001/local-solicitudes',
  DISCORD_WEBHOOK_CONTACT_URL: 'https://discord.com/api/webhooks/1002/local-contacto',
};

/**
 * The secrets with local values: what a person has exported under a secret's own name, to try the real service, else
 * what a stand-in has issued, else what the template says. Generated ones stay as they are.
 * @param serviceAccount key file of the account that Google knows
 */
export function withIssuedSecrets(
  secrets: readonly SecretDefinition[],
  own: Readonly<Record<string, string | undefined>>,
  serviceAccount: string,
): readonly SecretDefinition[] {
  const issued: Readonly<Record<string, string>> = { ...ISSUED, FCM_SERVICE_ACCOUNT: serviceAccount };
  return secrets.map((secret) => {
    const name = secret.name.slice(secret.name.lastIndexOf('/') + 1);
    const value = own[name] ?? issued[name];
    const isOperators = secret.properties.SecretString !== undefined;
    return isOperators && value ? { ...secret, properties: { ...secret.properties, SecretString: value } } : secret;
  });
}
