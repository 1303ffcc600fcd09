// Small helps on top of pages that work without them. No state, no requests of its own.
"use strict";

// A text field grows with what is typed, where the browser does not do so by itself.
const grow = (area) => {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 4}px`;
};
if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) grow(event.target);
  });
}

// A second tap on Save does nothing. (The server also writes once: see the hidden field `once`.)
const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled=true]").forEach((button) => button.removeAttribute("aria-disabled"));
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => release(form), 10_000); // no connection, or an answer that is a file
  form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
}, true);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
["htmx:afterRequest", "a4:answered"].forEach((name) =>
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  }),
);

// A menu made of <details data-menu> closes with Escape, and with a tap or the focus beside it.
const close = (menu) => menu.removeAttribute("open");
const closeOthers = (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.contains(event.target) || close(menu));
};
document.addEventListener("click", closeOthers);
document.addEventListener("focusin", closeOthers);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    close(menu);
    menu.querySelector("summary").focus();
  });
});

// Enter in a box that finds somebody while one types sends nothing.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-find]")) event.preventDefault();
});

// What is read first when a page opens: the errors, what was just done, or the search that brought it here.
const there = location.hash || document.querySelector("[autofocus]");
const opening = ["[data-focus]", ...(there ? [] : ["#messages > [tabindex]", "form[role=search] [type=search][value]:not([value=''])"])];
opening.map((each) => document.querySelector(each)).find(Boolean)?.focus();

// A button that prints: <button type="button" data-print>.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.addEventListener("click", () => window.print());
});

// What goes on paper leaves a trace, by whatever way it is printed: <form hidden data-on-paper>.
window.addEventListener("beforeprint", () => {
  const form = document.querySelector("form[data-on-paper]");
  if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
});
