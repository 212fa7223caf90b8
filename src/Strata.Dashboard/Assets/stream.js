// The one stream of events that a page has, for all that it keeps up to date.

const watch = document.querySelector('[data-watch]')?.dataset.watch ?? '';
const users = new Set();
const handlers = [];
let stream = null;

export function listen(event, handler) {
  handlers.push([event, handler]);
  stream?.addEventListener(event, handler);
}

// Who uses the stream says so; when nobody does, it is closed.
export function use(name) {
  users.add(name);
  open();
}

export function leave(name) {
  users.delete(name);
  if (users.size === 0) close();
}

function open() {
  // A page in the background holds no connection: browsers have six for a host, and tabs are many.
  if (stream || document.hidden || users.size === 0) return;
  stream = new EventSource('/api/v1/events' + (watch ? '?watch=' + encodeURIComponent(watch) : ''));
  for (const [event, handler] of handlers) stream.addEventListener(event, handler);
}

function close() {
  stream?.close();
  stream = null;
}

document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
window.addEventListener('pagehide', close);
window.addEventListener('pageshow', open);
