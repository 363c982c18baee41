import type { OutgoingMail } from '../outbox/outbox.ts';
import { html, Markup } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';

/** One mail as its reader would see it. */
export function mailPage(mail: OutgoingMail): Markup {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['From', mail.from],
    ['To', mail.to],
    ['Cc', mail.cc],
    ['Bcc', mail.bcc],
    ['Sent', mail.date],
    ['Message id', mail.id],
    ...Object.entries(mail.headers),
    ['Attachments', mail.attachments.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ') || undefined],
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${mail.subject || '(no subject)'} · local outbox</title>
<link rel="icon" href="data:,">
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<p><a href="/_local/">← Local cloud</a></p>
<h1>${mail.subject || '(no subject)'}</h1>
</header>
<main>
<section class="wide" aria-label="Fields">
<dl>${fields.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</section>
<section class="wide" aria-labelledby="h-text">
<h2 id="h-text">Text</h2>
<pre>${mail.text}</pre>
</section>
${mail.html === undefined ? undefined : htmlPart(mail.html)}
</main>
</body>
</html>
`;
}

/** In a frame of its own that may run nothing and reach nobody. */
function htmlPart(content: string): Markup {
  return html`<section class="wide" aria-labelledby="h-html">
<h2 id="h-html">HTML</h2>
<iframe sandbox title="The mail's HTML" srcdoc="${content}"></iframe>
</section>`;
}
