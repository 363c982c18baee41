/** Ready-made links that a person sends a message with; the platform sends nothing itself (`stay-sidekick.md` §6.2). */

/** Characters of a whole link: what the mail programs and browsers in use are sure to take. */
const LONGEST_MAIL_LINK = 2_000;
const LONGEST_WEB_LINK = 8_000;

/**
 * Opens WhatsApp with a text (click to chat): with the guest where the number is known, else with whom one chooses. A
 * text too long for a link is left out, to be pasted.
 *
 * @param phone E.164
 */
export function whatsappLink(phone: string | null, text: string): string {
  const chat = `https://wa.me/${phone === null ? '' : phone.replace(/^\+/, '')}`;
  return whole(`${chat}?text=${encodeURIComponent(text)}`, LONGEST_WEB_LINK) ?? chat;
}

/** Opens a mail with subject and text (RFC 6068): to the guest where the address is known, else to whom one writes in. */
export function mailLink(address: string | null, subject: string, text: string): string {
  const to = address === null ? '' : address.split('@').map(encodeURIComponent).join('@');
  const headed = `mailto:${to}?subject=${encodeURIComponent(subject)}`;
  // RFC 6068 §5: line breaks are CRLF.
  const body = encodeURIComponent(text.replace(/\r?\n/g, '\r\n'));
  return whole(`${headed}&body=${body}`, LONGEST_MAIL_LINK) ?? headed;
}

function whole(link: string, longest: number): string | undefined {
  return link.length <= longest ? link : undefined;
}
