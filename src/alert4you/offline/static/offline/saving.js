// Forms that save through the queue, with and without a network: <form data-offline="note" data-about="id id" data-back="/">.
// Without a script, or where a browser has no store or no seal, they post as they always did.

import { keep, sendNow } from "./queue.js";
import { say, tell } from "./words.js";

const PATIENCE = 3_000; // while somebody stands there with a child on the arm, in ms
const NOT_SAID = new Set(["csrfmiddlewaretoken", "once", "also", "aided"]);
const MANY = new Set(["tags"]);
const STEPS = ["itself", "staff", "others", "involved"];

const said = (form) => {
  const told = {};
  for (const [name, value] of new FormData(form)) {
    if (MANY.has(name)) (told[name] ??= []).push(value);
    else if (!NOT_SAID.has(name)) told[name] = value;
  }
  return told;
};
const about = (form) => [...form.dataset.about.split(" "), ...new FormData(form).getAll("also")];
const stampOf = (form) => form.dataset.stamp ?? document.querySelector("meta[name=stamp]")?.content;
const isEmpty = (form) => {
  const { text, ...told } = said(form);
  const tapped = (told.tags ?? []).length || STEPS.some((aspect) => told[aspect]);
  return !text?.trim() && !tapped;
};

const emptied = (form) => {
  form.reset();
  form.querySelectorAll("textarea").forEach((area) => {
    area.value = "";
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
};

/** The page of before told what became of it: a word without names, gone when it is read. */
const afterwards = (state, number) => {
  try {
    sessionStorage.setItem("offline-told", `${state} ${number}`);
  } catch {
    // no message then
  }
};
export const tellAfterwards = () => {
  const told = sessionStorage.getItem("offline-told");
  sessionStorage.removeItem("offline-told");
  if (!told) return;
  const [state, number] = told.split(" ");
  tell(state === "safe" ? "good" : "info", say(`told-${state}`, Number(number)));
};

/** The device keeps nothing: then straight to the server, and without a network the words stay where they are. */
const withoutQueue = async (form) => {
  const there = form.dataset.plain !== "no" && (await fetch("/offline/key/", { cache: "no-store" }).then((answer) => answer.ok, () => false));
  if (there) form.submit();
  else tell("stop", say("keeps-nothing"));
};

const save = async (form) => {
  const [id, number] = [form.elements.once?.value || crypto.randomUUID(), about(form).length];
  try {
    await keep({ id, stamp: stampOf(form), kind: form.dataset.offline, about: about(form), said: said(form) });
  } catch {
    await withoutQueue(form);
    return;
  }
  const answer = navigator.onLine ? await sendNow(id, PATIENCE) : { state: "here" };
  if (form.elements.once) form.elements.once.value = crypto.randomUUID(); // what comes now is something else
  if (answer.state === "refused") {
    tell("stop", [answer.reason, answer.instead].filter(Boolean).join(" "));
    return;
  }
  form.dispatchEvent(new CustomEvent("offline:saved", { bubbles: true }));
  emptied(form);
  if (answer.state !== "here" && form.dataset.back) {
    afterwards(answer.state, number);
    location.assign(form.dataset.back);
    return;
  }
  tell(answer.state === "safe" ? "good" : "info", say(`told-${answer.state}`, number));
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-offline]") || event.defaultPrevented) return;
  if (!stampOf(form)) return;
  event.preventDefault();
  try {
    if (isEmpty(form)) tell("stop", say("nothing-written"));
    else await save(form);
  } finally {
    form.dispatchEvent(new Event("a4:answered", { bubbles: true }));
  }
});

// Another form, without a network: what was typed stays where it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || navigator.onLine) return;
  event.preventDefault();
  tell("stop", say("no-network"));
  form.dispatchEvent(new Event("a4:answered", { bubbles: true }));
});
