/** What the home page does in the browser: every form calls the control route that its attributes name. */
export const HOME_SCRIPT = `
const show = (form, text, good) => {
  const output = form.querySelector('output') || document.getElementById(form.dataset.output);
  output.classList.toggle('good', good);
  output.classList.toggle('bad', !good);
  output.textContent = text;
};
const call = async (method, path, body) => {
  const answer = await fetch(path, { method, body });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error || 'It failed with ' + answer.status + '.');
  return content;
};
const time = (iso) => iso.slice(0, 19).replace('T', ' ');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const actions = {
  async schedule(form) {
    const { result } = await call('POST', form.action);
    return 'Ran. It answered ' + JSON.stringify(result) + '.';
  },
  async drop(form) {
    const file = form.elements.file.files[0];
    const path = '/_local/arrivals/' + form.elements.tenant.value + '/' + encodeURIComponent(file.name);
    const before = await call('GET', path).then(JSON.stringify, () => '');
    const { key } = await call('PUT', path, file);
    for (let tries = 0; tries < 60; tries += 1) {
      await wait(250);
      const result = await call('GET', path).then((found) => JSON.stringify(found, null, 2), () => '');
      if (result !== '' && JSON.stringify(JSON.parse(result)) !== before) return 'Dropped as ' + key + '. Result:\\n' + result;
    }
    return 'Dropped as ' + key + '. It left no new result: the same file changes nothing.';
  },
  async clock(form, submitter) {
    const local = form.elements.now.value;
    const now = submitter.value === 'machine' ? null : new Date(local + 'Z').toISOString();
    const set = await call('PUT', '/_local/clock', JSON.stringify({ now }));
    return 'The platform now has ' + time(set.now) + ' UTC.';
  },
  async fault(form) {
    const fault = form.elements.fault.value || null;
    const times = form.elements.times.value;
    const setting = fault && times ? { fault, times: Number(times) } : { fault };
    await call('PUT', form.action, JSON.stringify(setting));
    return fault ? 'Set.' : 'It works as it should.';
  },
  async reset() {
    if (!confirm('Throw away everything and start with a fresh demo world?')) return '';
    await call('POST', '/_local/reset');
    location.reload();
    return 'Done.';
  },
};

document.addEventListener('submit', async (event) => {
  const form = event.target;
  const action = actions[form.dataset.action];
  if (!action) return;
  event.preventDefault();
  const button = event.submitter;
  button.setAttribute('aria-busy', 'true');
  try {
    show(form, await action(form, button), true);
  } catch (error) {
    show(form, error.message, false);
  } finally {
    button.removeAttribute('aria-busy');
    refresh();
  }
});

const cell = (tag, content) => {
  const element = document.createElement(tag);
  element.append(content);
  return element;
};
const refresh = async () => {
  const paths = ['/_local/outbox', '/_local/clock', '/_local/schedules'];
  const [mails, clock, schedules] = await Promise.all(paths.map((path) => call('GET', path)));
  for (const { name, next } of schedules) document.getElementById('next-' + name).textContent = next ? time(next) : 'never';
  document.getElementById('now').textContent = time(clock.now);
  document.getElementById('mails').replaceChildren(...mails.slice(0, 50).map((mail) => {
    const row = document.createElement('tr');
    const link = document.createElement('a');
    link.href = '/_local/outbox/' + mail.n;
    link.textContent = mail.subject || '(no subject)';
    const sent = cell('td', time(mail.date));
    sent.className = 'time';
    row.append(cell('td', String(mail.n)), cell('td', link), cell('td', mail.to), sent);
    return row;
  }));
  document.getElementById('no-mails').hidden = mails.length > 0;
};
setInterval(() => document.hidden || refresh().catch(() => {}), 3000);
`;
