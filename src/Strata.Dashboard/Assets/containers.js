// Keeps what a page says of containers up to date, and lets a log grow.

import { listen, use } from './stream.js';
import { showExtras } from './strata.js';

const longest = 5000;
const log = document.querySelector('[data-log]');
let refreshing = false;
let again = false;

// The server renders; here the parts that may change are only put in place, and the reader's place is kept.
async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    do {
      again = false;
      const response = await fetch(location.href, { headers: { accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (!response.ok) {
        document.querySelector('main').replaceChildren(...fresh.querySelector('main').childNodes);
        return;
      }
      document.querySelectorAll('[data-fresh]').forEach(part => {
        const now = fresh.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
        if (!now) return;
        const key = part.contains(document.activeElement) ? document.activeElement.dataset.key : null;
        part.replaceChildren(...now.childNodes);
        showExtras(part);
        if (key) part.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
      });
    } while (again);
  } finally {
    refreshing = false;
  }
}

function show(batch) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 24;
  if (batch.isFirst) log.replaceChildren();
  for (const line of batch.lines) {
    const piece = document.createElement('span');
    if (line.isError) piece.className = 'err';
    piece.textContent = line.text;
    log.append(piece);
  }
  while (log.childElementCount > longest) log.firstChild.remove();
  document.querySelector('[data-log-empty]')?.toggleAttribute('hidden', log.childElementCount > 0);
  if (atEnd || batch.isFirst) log.scrollTop = log.scrollHeight;
}

if (document.querySelector('[data-watch]')) {
  listen('containers', refresh);
  if (log) {
    log.scrollTop = log.scrollHeight;
    listen('log', event => show(JSON.parse(event.data)));
  }
  use('containers');
}
