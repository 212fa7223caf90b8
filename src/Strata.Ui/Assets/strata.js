// What a page does beyond links and forms. Everything here is an extra: without it each page still works.

const live = document.querySelector('[data-live]');

function say(text) {
  if (live) live.textContent = text;
}

// "/" goes to the search field, as on most sites that engineers use; Escape leaves it.
document.addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  const field = document.querySelector('[data-search]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === 'Escape') {
    if (typing === field) field?.blur();
    document.querySelectorAll('details.filter[open]').forEach(open => {
      open.open = false;
      open.querySelector('summary').focus();
    });
  }
});

document.addEventListener('click', async event => {
  document.querySelectorAll('details.filter[open]').forEach(open => {
    if (!open.contains(event.target)) open.open = false;
  });
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
    say('Copied');
  } catch {
    button.textContent = 'Select and copy';
  }
  setTimeout(() => { button.textContent = words; }, 1500);
});

// A selection that is a filter applies at once.
document.addEventListener('change', event => {
  if (event.target.matches('[data-apply]')) event.target.form.requestSubmit();
});

export function showExtras(root) {
  root.querySelectorAll('[data-copy][hidden]').forEach(button => { button.hidden = false; });
}

showExtras(document);
