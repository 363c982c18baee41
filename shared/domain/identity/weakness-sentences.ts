import type { PasswordWeakness } from './password-rules.ts';

/** What the Aristay API says of a weak password. */
export const WEAKNESS_SENTENCES: Readonly<Record<PasswordWeakness, string>> = {
  reused: 'This password is too similar to the current one. Choose another.',
  common: 'This password is too common. Choose another.',
  predictable: 'This password is a sequence or a repetition that is easy to guess. Choose another.',
  personal: 'This password can be guessed from your address, user name or company. Choose one without them.',
};
