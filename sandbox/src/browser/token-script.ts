/**
 * base.js: `FRToken.getToken(shopId, key, card, callback)` as pages for F-REGI call it (protocol
 * §6). The callback is a function that the page has under its own name, or such a name; F-REGI's
 * script fails with any other function, too. The request for the token is the sandbox's own.
 */
export const TOKEN_SCRIPT = `(function () {
  'use strict';
  var script = document.currentScript;
  var issue = new URL('../sandbox/issue', script.src).href;

  function find(callback) {
    var name = typeof callback === 'function' ? callback.name : callback;
    var found = name ? window[name] : undefined;
    if (typeof found === 'function') return found;
    console.error('FRToken: the callback must be reachable as window.' + (name || '(no name)'));
    return null;
  }

  function getToken(shopId, key, card, callback) {
    var tell = find(callback);
    if (tell === null) return;
    var form = new URLSearchParams({ CHARCODE: 'utf8', shopid: shopId || '', key: key || '' });
    ['pan', 'expiry_mm', 'expiry_yy', 'cardname', 'scode'].forEach(function (name) {
      form.set(name, card && card[name] !== undefined ? String(card[name]) : '');
    });
    fetch(issue, { method: 'POST', body: form, credentials: 'omit' })
      .then(function (answer) {
        if (!answer.ok) throw new Error('HTTP ' + answer.status);
        return answer.json();
      })
      .catch(function () {
        return { result: '901', cardobject: null };
      })
      .then(function (said) {
        tell(said);
      });
  }

  window.FRToken = { getToken: getToken };
})();
`;
