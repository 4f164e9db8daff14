/**
 * The console's keys, the same as in the back office: rows by j and k, the search by /, menus by g.
 */
export const KEYS_SCRIPT = `'use strict';
(function () {
  var goes = { t: '', c: '/customers', i: '/issues', n: '/notices', e: '/errors',
    p: '/settings', s: '/trouble', w: '/wire' };
  var gone = false;

  function move(by) {
    var links = Array.prototype.slice.call(document.querySelectorAll('[data-row] th a'));
    var row = document.activeElement && document.activeElement.closest('[data-row]');
    var at = row ? links.indexOf(row.querySelector('th a')) : -1;
    var next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1);
    if (links[next]) links[next].focus();
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // A dialog that was just closed keeps the focus until the next frame: only an open one counts.
    if (event.target.closest('input, select, textarea, dialog[open]')) return;
    if (gone) {
      gone = false;
      if (event.key in goes) location.assign('/sandbox/console' + goes[event.key]);
      return;
    }
    if (event.key === 'g') gone = true;
    else if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
    else if (event.key === '?') document.getElementById('keys').showModal();
    else if (event.key === '/' && document.getElementById('search')) {
      event.preventDefault();
      document.getElementById('search').focus();
    }
  });
})();
`;
