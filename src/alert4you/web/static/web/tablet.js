// A shared tablet: it locks when nobody touches it, it can be covered at once, and what was on it is gone.
"use strict";

const shared = document.currentScript.dataset;
const lockForm = document.querySelector("form[data-lock]");
const PATIENCE = 4_000; // milliseconds for an answer
const LONGEST = Number(shared.minutes) * 60_000;
let touched = Date.now();
let told = Date.now();
let elsewhere = 0; // when another tab was touched
let covered = false;
const tabs = new BroadcastChannel("alert4you-tablet");

// Everything off the screen first, in every tab; then, before the session ends, who keeps drafts gets three seconds.
const lock = async (to, isFirst = true) => {
  if (covered) return;
  covered = true;
  if (isFirst) tabs.postMessage("locked");
  const keeping = [];
  document.dispatchEvent(new CustomEvent("alert4you:leave", { detail: { waitFor: (promise) => keeping.push(promise) } }));
  const leave = { method: "POST", body: new FormData(lockForm), redirect: "manual" };
  const cover = document.createElement("main");
  cover.className = "a4-cover";
  document.body.replaceChildren(cover);
  document.title = "Alert4you";
  if (keeping.length) await Promise.race([Promise.allSettled(keeping), new Promise((go) => setTimeout(go, 3000))]);
  const ended = !isFirst || await fetch(lockForm.action, { ...leave, signal: AbortSignal.timeout(PATIENCE) }).then(({ type }) => type === "opaqueredirect", () => false);
  // No network: then the next request that comes through ends the session, whatever it asks.
  if (!ended) document.cookie = shared.left;
  location.replace(ended || !navigator.serviceWorker?.controller ? to : shared.offline);
};

if (lockForm) {
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    document.addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
  }
  const look = () => {
    const now = Date.now();
    if (now - Math.max(touched, elsewhere) >= LONGEST) return lock(shared.names);
    if (now - touched < 2000) tabs.postMessage("touched");
    if (touched > told && now - told >= LONGEST / 4) {
      told = now;
      fetch(shared.here, { method: "POST", body: new FormData(lockForm) }).catch(() => {});
    }
  };
  setInterval(look, 1000);
  tabs.onmessage = ({ data }) => {
    if (data === "locked") return lock(shared.names, false);
    elsewhere = Date.now();
  };
  document.addEventListener("visibilitychange", look);

  lockForm.addEventListener("submit", (event) => {
    event.preventDefault();
    lock(event.submitter?.value === "names" ? shared.names : shared.locked);
  });

  let escaped = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - escaped < 800) lock(shared.locked);
    escaped = event.timeStamp;
  });

  // What was searched for stays neither in the address nor in the suggestions of the browser.
  document.querySelectorAll("form").forEach((form) => { form.autocomplete = "off"; });
  if (document.querySelector("form[role=search]")) history.replaceState(history.state, "", location.pathname);
}

// A page that the browser kept for the back button is asked for again: whoever sees it must be in.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
