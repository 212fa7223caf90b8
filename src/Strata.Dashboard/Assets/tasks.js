// Keeps the tray of every page, and the rows of the tasks page, up to date from one stream of events.

import { leave, listen, use } from './stream.js';
import { showExtras } from './strata.js';

const tray = document.querySelector('[data-tray]');
const list = document.querySelector('[data-tasks]');
const live = document.querySelector('[data-live]');
let saidAt = 0;
let refreshing = false;

function say(text) {
  const now = Date.now();
  if (!live || now - saidAt < 2000) return;
  saidAt = now;
  live.textContent = text;
}

function showTray(view) {
  tray.classList.toggle('busy', view.running > 0);
  tray.querySelector('[data-tray-text]').textContent = view.text;
  const bar = tray.querySelector('progress');
  bar.hidden = view.percent === null;
  bar.value = view.percent ?? 0;
}

function showTask(row, task) {
  row.querySelector('[data-text]').textContent = task.text;
  const bar = row.querySelector('[data-bar]');
  if (bar && task.percent !== null) bar.value = task.percent;
  const parts = row.querySelectorAll('[data-parts] li');
  task.parts.forEach((part, i) => {
    parts[i].querySelector('progress').value = part.percent;
    parts[i].querySelector('.num').textContent = part.text;
  });
}

// The server renders rows; here they are only put in place, and what the reader had opened stays open.
async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    const response = await fetch('/tasks', { headers: { accept: 'text/html' } });
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-tasks]');
    const open = new Set([...list.querySelectorAll('[data-task]:has(details[open])')].map(row => row.dataset.task));
    const focused = document.activeElement?.closest?.('[data-task]')?.dataset.task;
    list.replaceChildren(...fresh.childNodes);
    showExtras(list);
    list.querySelectorAll('[data-task]').forEach(row => {
      if (open.has(row.dataset.task)) row.querySelector('details')?.setAttribute('open', '');
      if (focused === row.dataset.task) row.querySelector('a, button')?.focus();
    });
  } finally {
    refreshing = false;
  }
}

function show(board) {
  showTray(board.tray);
  if (!list) {
    if (board.tray.running === 0) leave('tasks');
    return;
  }
  let stale = false;
  for (const task of board.tasks) {
    const row = list.querySelector(`[data-task="${CSS.escape(task.id)}"]`);
    if (!row || row.dataset.shape !== task.shape) {
      stale = true;
      if (row && task.state !== 'running') say(`${task.title}: ${task.state}`);
    } else if (task.state === 'running') {
      showTask(row, task);
      if (task.percent !== null && Date.now() - saidAt > 5000) say(`${task.title}: ${task.percent} %`);
    }
  }
  if (stale) refresh();
}

listen('board', event => show(JSON.parse(event.data)));
if (list || tray.dataset.running !== '0') use('tasks');
