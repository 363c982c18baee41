import type { User } from '../../../shared/domain/identity/user.ts';

/** The mail that leads to a new password. @param page of the app, which takes both from its address */
export function resetMail(
  { email, username }: Pick<User, 'email' | 'username'>,
  page: string,
  way: { readonly uid: string; readonly token: string },
) {
  const address = `${page}?${new URLSearchParams(way)}`;
  const text = [
    `Hello ${username},`,
    'Somebody, hopefully you, asked for a new password for your account.',
    `Choose it here within an hour:\n${address}`,
    `If your app asks for them, these are the codes:\nuid: ${way.uid}\ntoken: ${way.token}`,
    'If it was not you, ignore this message: your password stays what it is.',
  ].join('\n\n');
  return { to: email, subject: 'Choose a new password', text: `${text}\n` };
}
