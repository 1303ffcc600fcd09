// What is being written is kept on the server within three seconds, for its writer in the same hat only.
// On the same page it is offered again: go on with it, or away with it. Without a network nothing is kept.
// After the session ended nothing is sent: the words stay where they are until their writer is in again.
"use strict";

const AFTER = 1500; // milliseconds: with a slow network still within three seconds

const keepDrafts = (box) => {
  const form = box.closest("form");
  const page = location.pathname + location.search;
  const child = form.dataset.child ?? "";
  const gone = form.querySelector("[data-draft-over]");
  form.prepend(box, gone);

  const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type));
  const isOn = (field) => !["checkbox", "radio"].includes(field.type) || field.checked;
  const said = () => {
    const all = {};
    fields().forEach((field) => isOn(field) && field.value && (all[field.name] ??= []).push(field.value));
    return JSON.stringify(all);
  };
  const empty = said();
  let kept = empty;
  let later;
  let over = false;
  let who;
  let checked = false;

  const ask = async () => {
    const answer = await fetch(`${box.dataset.draft}?${new URLSearchParams({ page, child })}`, { redirect: "manual" });
    return answer.type === "opaqueredirect" ? { why: "away" } : answer.json();
  };
  // Whether what is sent now comes from who wrote it. Without an answer the form itself finds out.
  const isMine = async () => {
    const { why, who: now, token } = await ask().catch(() => ({}));
    const wrong = why ?? (who && now && now !== who ? "other" : "");
    if (token && !wrong) form.elements.csrfmiddlewaretoken.value = token;
    gone.hidden = !wrong;
    gone.querySelector("a").href = location.href;
    gone.querySelectorAll("[data-draft-why]").forEach((words) => (words.hidden = words.dataset.draftWhy !== wrong));
    return !wrong;
  };
  const check = async (event) => {
    if (checked || (form.dataset.offline && document.querySelector("meta[name=stamp]")?.content)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const mine = await isMine();
    form.dispatchEvent(new Event("a4:answered", { bubbles: true }));
    if (!mine) return gone.focus();
    checked = true;
    form.requestSubmit(event.submitter);
    checked = false;
  };

  const send = (words, keepalive = false) => {
    kept = words;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("page", page);
    body.set("child", child);
    body.set("once", form.elements.once.value);
    body.set("said", words === empty ? "" : words);
    return fetch(box.dataset.draft, { method: "POST", body, keepalive, redirect: "manual" })
      .then((answer) => answer.ok || Promise.reject())
      .catch(() => ((kept = undefined), keepalive || isMine()));
  };
  const keep = () => {
    later = undefined;
    if (!over && said() !== kept) send(said());
  };
  const soon = () => (later ??= setTimeout(keep, AFTER));

  const goOn = (draft) => {
    fields().forEach((field) => {
      const before = draft[field.name] ?? [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = before.includes(field.value) || (field.type === "checkbox" && field.checked);
      else if (field.type === "textarea" && field.value !== field.defaultValue) field.value = [...before, field.value].join("\n");
      else if (before.length) [field.value] = before;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    form.querySelector("textarea").focus();
  };
  const offer = (draft, told) => {
    if (JSON.stringify(draft) === said()) return;
    box.querySelector("[data-draft-told]").textContent = told;
    box.querySelector("[data-draft-on]").onclick = () => ((box.hidden = true), goOn(draft), keep());
    box.querySelector("[data-draft-away]").onclick = () => ((box.hidden = true), send(said()));
    box.hidden = false;
  };

  const begin = () => {
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => ((over = true), clearTimeout(later)));
    form.addEventListener("reset", () => ((box.hidden = true), (over = false), send(empty, true)));
    form.addEventListener("a4:answered", () => (over = false));
    window.addEventListener("pageshow", () => (over = false));
    window.addEventListener("pagehide", () => !over && later && send(said(), true));
    if (said() !== empty) soon();
  };
  form.addEventListener("submit", check, true);
  const asked = ask().catch(() => ({}));
  // The screen locks: what is half typed goes before the session ends, also before this page was answered.
  document.addEventListener("alert4you:leave", ({ detail }) => {
    const words = said();
    if (!over && words !== kept) detail.waitFor(asked.then(({ keeps }) => keeps && send(words, true)));
  });
  asked.then(({ who: me, keeps, said: draft, told }) => {
    who = me;
    if (keeps) begin();
    if (draft) offer(draft, told);
  });
};
document.querySelectorAll("[data-draft]").forEach(keepDrafts);
