// Follows the flags: when they change, the page is fetched again and what differs is swapped in.
const page = document.documentElement;
const live = document.getElementById('live');
const toast = document.getElementById('toast');

// Panels stay open or closed from page to page.
function restore(details) {
  const state = sessionStorage.getItem('open:' + details.id);
  if (state !== null) details.open = state === 'true';
}
document.querySelectorAll('details[id]').forEach(restore);
document.addEventListener('toggle', event => {
  if (event.target.id) sessionStorage.setItem('open:' + event.target.id, event.target.open);
}, true);

function swap(old, next) {
  if (!next || old.isEqualNode(next)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
  const open = new Map([...old.querySelectorAll('details[id]')].map(one => [one.id, one]));
  next = document.importNode(next, true);
  next.querySelectorAll('details[id]').forEach(one => {
    const before = open.get(one.id);
    if (!before) return;
    one.open = before.open;
    one.classList.toggle('changed', one.dataset.treatment !== before.dataset.treatment);
  });
  old.replaceWith(next);
  if (focused) document.getElementById(focused)?.focus({preventScroll: true});
}

// The old colours stay until the new ones have arrived.
function repaint(link) {
  const old = document.getElementById('theme');
  if (!link || old.getAttribute('href') === link.getAttribute('href')) return;
  const next = document.importNode(link, true);
  next.addEventListener('load', () => old.remove());
  old.removeAttribute('id');
  old.after(next);
}

let fetching = false;
let wanted = null;

async function refresh(change) {
  wanted = change;
  if (fetching) return;
  fetching = true;
  try {
    while (wanted) {
      const {flags} = wanted;
      wanted = null;
      const response = await fetch(location.href, {cache: 'no-store'});
      if (!response.ok) return;
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      page.dataset.revision = fresh.documentElement.dataset.revision;
      repaint(fresh.getElementById('theme'));
      document.querySelectorAll('[data-live]').forEach(old => swap(old, fresh.getElementById(old.id)));
      say(flags.length ? 'Changed: ' + flags.join(', ') + since() : 'This page is up to date again');
    }
  } finally {
    fetching = false;
  }
}

// A flip is sent without leaving the page; what comes of it arrives like every other change.
let flipped = 0;
let took = '';
document.addEventListener('submit', event => {
  if (!event.target.matches('.flip')) return;
  event.preventDefault();
  flipped = performance.now();
  took = '';
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  fetch(event.target.action, {method: 'POST', body, redirect: 'manual'})
    .catch(() => say('The shop cannot be reached'));
});

// A killed flag changes twice: at once, and when its definition follows.
function since() {
  const now = performance.now();
  if (!flipped || now - flipped > 5000) return '';
  took ||= `, ${Math.round(now - flipped)} ms after the click`;
  return took;
}

let hiding;
function say(words) {
  toast.textContent = words;
  toast.classList.add('toast-shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove('toast-shown'), 5000);
}

function connected(is) {
  live.hidden = false;
  live.classList.toggle('live-on', is);
  document.getElementById('live-text').textContent = is ? 'live' : 'reconnecting';
}

// A page that is left gives its connection back, for a browser has only six for each host.
let source;
function follow() {
  source = new EventSource('/live');
  source.addEventListener('open', () => connected(true));
  source.addEventListener('error', () => connected(false));
  source.addEventListener('flags', event => {
    const change = JSON.parse(event.data);
    if (change.revision !== page.dataset.revision) refresh(change).catch(() => connected(false));
  });
}
addEventListener('pagehide', () => source.close());
addEventListener('pageshow', event => {
  if (event.persisted) follow();
});
follow();
