// What HTML alone cannot do: work that reports itself, and results that follow while typing. Every page works
// without this; a new page of the server always holds the whole answer, of which one part is put in place.

const FIRST_PAUSE = 1000; // milliseconds
const LONGEST_PAUSE = 30000;
const TYPING_PAUSE = 200;

/** Fetch a page of ours and put its element of that id in the place of ours; tell whether it is there. */
async function renew(address, id, signal) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (!answer.ok || fresh === null || old === null) return null;
  old.replaceWith(document.adoptNode(fresh));
  return fresh;
}

/** Look at work again and again, ever more slowly, until it is over; not while nobody looks at the page. */
function follow(id) {
  let pause = FIRST_PAUSE;
  const look = async () => {
    if (document.hidden) {
      document.addEventListener("visibilitychange", look, { once: true });
      return;
    }
    let part = null;
    try {
      part = await renew(window.location.href, id);
    } catch {
      // the service may be starting anew: look again later
    }
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
    if (part === null || part.hasAttribute("data-poll")) setTimeout(look, pause);
  };
  setTimeout(look, pause);
}

/** Let the results of a form of filters follow while somebody types; the address follows as well. */
function live(form) {
  const id = form.dataset.live;
  let timer = 0;
  let running = new AbortController();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running.abort();
      running = new AbortController();
      const address = new URL(form.action);
      address.search = new URLSearchParams(new FormData(form)).toString();
      const results = document.getElementById(id);
      results?.setAttribute("data-waiting", "");
      try {
        const fresh = await renew(address.href, id, running.signal);
        if (fresh !== null) {
          fresh.setAttribute("aria-live", "polite");
          window.history.replaceState(null, "", address.href);
        }
      } catch {
        // a newer question took the place of this one, or the service is away: what is shown stays
      } finally {
        document.getElementById(id)?.removeAttribute("data-waiting");
      }
    }, TYPING_PAUSE);
  });
}

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** Let a form ask a security key (WebAuthn) before it is sent; its field `credential` gets the answer as JSON. */
function askKey(form) {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytesOf(options.challenge);
  if (options.user) options.user.id = bytesOf(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const known of list ?? []) known.id = bytesOf(known.id);
  }
  const fault = form.querySelector("[data-key-fault]");
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.hidden = true;
    try {
      const key = await navigator.credentials[form.dataset.key]({ publicKey: options });
      const response = {};
      for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
        if (key.response[name]) response[name] = textOf(key.response[name]);
      }
      const answer = { id: key.id, rawId: textOf(key.rawId), type: key.type, response };
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      fault.hidden = false; // the reader stopped it, or no key answered in time
    }
  });
}

const SHORTCUTS_OFF = "overzicht-shortcuts-off";

/** Judge with single keys, unless the reader types or has switched them off (WCAG 2.1.4). */
function shortcuts(form) {
  const help = form.querySelector("[data-shortcuts-help]");
  const isOn = form.querySelector("[data-shortcuts-on]");
  if (help === null) return;
  help.hidden = false;
  isOn.checked = localStorage.getItem(SHORTCUTS_OFF) === null;
  isOn.addEventListener("change", () => {
    if (isOn.checked) localStorage.removeItem(SHORTCUTS_OFF);
    else localStorage.setItem(SHORTCUTS_OFF, "1");
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (!isOn.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey || !form.isConnected) return;
    const ticks = [...form.querySelectorAll("input[name=devices]")];
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      const next = ticks.indexOf(document.activeElement) + step;
      ticks[Math.max(0, Math.min(next, ticks.length - 1))]?.focus();
    }
    form.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}

for (const form of document.querySelectorAll("form[data-shortcuts]")) shortcuts(form);
for (const part of document.querySelectorAll("[data-poll]")) follow(part.id);
for (const form of document.querySelectorAll("form[data-live]")) live(form);
for (const form of document.querySelectorAll("form[data-key]")) askKey(form);
