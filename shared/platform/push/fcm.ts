import type { Clock } from '../clock/clock.ts';
import type { CallOut, OutboundAnswer } from '../outbound/outbound-call.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { AccessTokens } from './access-tokens.ts';
import { isTokenRefused, outcomeOf } from './fcm-answer.ts';
import { askGoogle } from './google-call.ts';
import { PushNotSetUp, PushUndelivered } from './push-errors.ts';
import { readServiceAccount, type ServiceAccount } from './service-account.ts';

/** What a device shows, and what its app is handed. */
export interface PushMessage {
  /** At most 64 bytes. A message with the id of an earlier one takes its place on the device, so that a repeat is seen once. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface Push {
  /**
   * Hands a message for one device to the service.
   * @param token under which the device registered
   * @returns `gone` when there is no such device any more: forget it
   * @throws PushRefused when this message can never get to this device
   * @throws PushNotSetUp when nothing can get anywhere, whoever it is for
   * @throws PushUndelivered when a later try may succeed
   */
  send(token: string, message: PushMessage): Promise<'delivered' | 'gone'>;
}

interface FcmDeps {
  /** Addresses without a slash at their end. */
  readonly addresses: { readonly fcm: string; readonly oauth: string };
  readonly callOut: CallOut;
  readonly secrets: SecretStore;
  readonly clock: Clock;
}

/** For the message and what it takes to be let in, together. */
const TOTAL_MS = 10_000;

/** The body of `messages:send`. All values of data are texts, or FCM refuses the message. */
function wireMessage(token: string, { id, title, body, data }: PushMessage): object {
  return {
    message: {
      token,
      notification: { title, body },
      data,
      android: { notification: { tag: id } },
      apns: { headers: { 'apns-collapse-id': id } },
    },
  };
}

/**
 * Firebase Cloud Messaging, HTTP v1. One try: the queue is what tries again. The service account rests in the secret
 * `FCM_SERVICE_ACCOUNT` as Google hands it out, and names the project.
 */
export function fcmPush({ addresses, callOut, secrets, clock }: FcmDeps): Push {
  const tokens = new AccessTokens({ oauth: addresses.oauth, callOut, clock });

  const post = (
    access: string,
    account: ServiceAccount,
    body: string,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> => {
    const address = `${addresses.fcm}/v1/projects/${encodeURIComponent(account.project_id)}/messages:send`;
    const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' };
    return askGoogle(callOut, { address, headers, body }, signal);
  };

  return {
    async send(token, message) {
      const account = readServiceAccount(await secrets.read('FCM_SERVICE_ACCOUNT'));
      if (account === undefined) throw new PushNotSetUp('What is set is not the key of a service account');
      const signal = AbortSignal.timeout(TOTAL_MS);
      const body = JSON.stringify(wireMessage(token, message));
      const access = await tokens.current(account, signal);
      const answer = await post(access, account, body, signal);
      if (!isTokenRefused(answer)) return outcomeOf(answer);
      await tokens.forget(access);
      const again = await post(await tokens.current(account, signal), account, body, signal);
      if (isTokenRefused(again)) throw new PushUndelivered('FCM accepts no token');
      return outcomeOf(again);
    },
  };
}
