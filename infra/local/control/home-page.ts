import type { PartnerServer } from '../partners/partner-server.ts';
import type { ControlledCloud, Tenant } from './controlled-cloud.ts';
import { HOME_SCRIPT } from './home-script.ts';
import { html, Markup } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';

/** The page of the local cloud: where everything is, and what a person may set off. */
export function homePage(cloud: ControlledCloud, tenants: readonly Tenant[], nonce: string): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stay Ops · local cloud</title>
<link rel="icon" href="data:,">
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>Stay Ops on this machine</h1>
<p class="soft">The whole platform in one process at <a href="${cloud.address}/api/health">${cloud.address}</a> ·
<a href="/api/docs">API documentation</a></p>
</header>
<main>
${cloud.story.length === 0 ? undefined : story(cloud.story)}
${drop(tenants)}
${schedules(cloud)}
${outbox(cloud)}
${clock(cloud)}
${reset()}
${partners(cloud.partners)}
${addresses(cloud)}
</main>
<script nonce="${nonce}">${new Markup(HOME_SCRIPT)}</script>
</body>
</html>
`;
}

/** `2026-11-21 09:30:00`. */
function timeOf(iso: string | undefined): string {
  return iso === undefined ? 'never' : iso.slice(0, 19).replace('T', ' ');
}

function story(lines: readonly string[]): Markup {
  return html`<section class="wide" aria-labelledby="h-story">
<h2 id="h-story">What happened at the start</h2>
<pre>${lines.join('\n')}</pre>
</section>`;
}

function drop(tenants: readonly Tenant[]): Markup {
  return html`<section aria-labelledby="h-drop">
<h2 id="h-drop">Drop arrivals</h2>
<p class="soft small">Puts a workbook into the arrivals bucket as a property system would; the import begins by itself.</p>
<form data-action="drop">
<div><label for="tenant">Company</label>
<select id="tenant" name="tenant" required>${tenants.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></div>
<div><label for="file">Workbook (.xlsx)</label><input id="file" name="file" type="file" required></div>
<div><button>Drop it</button></div>
<output class="mono small" role="status"></output>
</form>
</section>`;
}

function schedules(cloud: ControlledCloud): Markup {
  const nextRuns = cloud.nextRuns();
  return html`<section aria-labelledby="h-schedules">
<h2 id="h-schedules">Schedules</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Next run (UTC)</th><th scope="col"><span class="soft">Now</span></th></tr></thead>
<tbody>${cloud.info.schedules.map((name) => {
    return html`<tr><th scope="row">${name}</th><td class="time" id="next-${name}">${timeOf(nextRuns[name]?.toISOString())}</td>
<td><form data-action="schedule" data-output="schedule-result" method="post" action="/_local/schedules/${encodeURIComponent(name)}/run">
<button aria-label="Run ${name} now">Run</button></form></td></tr>`;
  })}</tbody>
</table></div>
<output id="schedule-result" class="mono small" role="status"></output>
</section>`;
}

function outbox(cloud: ControlledCloud): Markup {
  const mails = cloud.outbox.list();
  return html`<section class="wide" aria-labelledby="h-outbox">
<h2 id="h-outbox">Outbox</h2>
<p class="soft small">Every mail that the platform sends ends here. <a href="/_local/outbox">As JSON</a></p>
<div class="scroll"><table>
<thead><tr><th scope="col">No.</th><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Sent (UTC)</th></tr></thead>
<tbody id="mails">${mails.slice(0, 50).map((mail) => {
    return html`<tr><td>${mail.n}</td><td><a href="/_local/outbox/${mail.n}">${mail.subject || '(no subject)'}</a></td><td>${mail.to}</td><td class="time">${timeOf(mail.date)}</td></tr>`;
  })}</tbody>
</table></div>
<p id="no-mails" class="soft"${new Markup(mails.length > 0 ? ' hidden' : '')}>No mail yet.</p>
</section>`;
}

function clock(cloud: ControlledCloud): Markup {
  const now = cloud.now().toISOString();
  return html`<section aria-labelledby="h-clock">
<h2 id="h-clock">Clock</h2>
<p>The platform has <code id="now">${timeOf(now)}</code> UTC</p>
<form data-action="clock">
<div><label for="instant">Another instant (UTC)</label>
<input id="instant" name="now" type="datetime-local" step="1" value="${now.slice(0, 19)}" required></div>
<div class="row"><button value="set">Set</button><button class="plain" value="machine" formnovalidate>Back to this machine's</button></div>
<output class="small" role="status"></output>
</form>
</section>`;
}

function partners(known: readonly PartnerServer[]): Markup {
  return html`<section class="wide" aria-labelledby="h-partners">
<h2 id="h-partners">Partners</h2>
<p class="soft small">Stand-ins for third-party services. Break one to see what the platform does.</p>
<div class="columns">${known.map(({ name, address, fault }) => {
    const { fault: current } = fault.current();
    const options = [
      ['', 'works'],
      ['down', 'is down'],
      ['401', 'refuses our key (401)'],
      ['429', 'is busy (429)'],
      ['slow', 'answers too late'],
      ['refuse', 'cuts the line'],
      ['half_page', 'breaks off in mid-answer'],
      ['short_page', 'leaves out half of a list'],
      ['empty_page', 'lists nothing'],
      ['changed_schema', 'has renamed its fields'],
    ] as const;
    return html`<form data-action="fault" action="/_local/partners/${name}">
<div class="row">
<div><label for="fault-${name}">${name} <span class="soft small">${address}</span></label>
<select id="fault-${name}" name="fault">${options.map(([value, label]) => {
      return html`<option value="${value}"${new Markup(value === (current ?? '') ? ' selected' : '')}>${label}</option>`;
    })}</select></div>
<div><label for="times-${name}">For so many calls</label><input id="times-${name}" name="times" type="number" min="1" placeholder="until changed"></div>
<button>Set</button>
</div>
<output class="small" role="status"></output>
</form>`;
  })}
</section>`;
}

function addresses({ info }: ControlledCloud): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ...Object.entries(info.endpoints),
    ['table', info.table],
    ...Object.entries(info.buckets).map(([name, bucket]) => [`bucket ${name}`, bucket] as const),
    ...Object.values(info.queues).map((url) => ['queue', url] as const),
    ['region', info.region],
    ['access key', `${info.accessKeyId} / ${info.secretAccessKey}`],
  ];
  return html`<section class="wide" aria-labelledby="h-addresses">
<h2 id="h-addresses">Addresses for the AWS SDK and CLI</h2>
<p class="soft small"><a href="/_local/info">As JSON</a></p>
<div class="scroll"><table><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td><code>${value}</code></td></tr>`)}</tbody></table></div>
</section>`;
}

function reset(): Markup {
  return html`<section aria-labelledby="h-reset">
<h2 id="h-reset">Start over</h2>
<p class="soft small">Every row, file, message and mail goes, and the demo world is made anew.</p>
<form data-action="reset"><div><button class="danger">Reset to a fresh demo world</button></div>
<output class="small" role="status"></output></form>
</section>`;
}
