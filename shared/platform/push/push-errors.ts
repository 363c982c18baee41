/** The message can never get to this device as it is. */
export class PushRefused extends Error {
  override readonly name = 'PushRefused';
}

/** Nothing can be pushed to anybody: the service account is not set, or Google does not let it send. */
export class PushNotSetUp extends Error {
  override readonly name = 'PushNotSetUp';
}

/** Google was away, slow or busy: a later try may succeed. */
export class PushUndelivered extends Error {
  override readonly name = 'PushUndelivered';
}
