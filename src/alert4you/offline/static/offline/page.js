// The page that works without a network: who are you, today's children, a card, a note, a look.

import * as pack from "./pack.js";
import { list } from "./queue.js";
import { part, say, tell } from "./words.js";

const IDLE = 3 * 60_000; // ms without a touch: the names go away
const main = document.getElementById("offline-now");
const COLOURS = 6;
const LANGUAGE = document.documentElement.lang;
let [open, idle] = [undefined, undefined];
const drafts = new Map(); // words that were not saved yet, while the names are away; in memory only

/** Another screen takes the place of the one before; who reads by ear goes on at its heading. */
const show = (screen) => {
  const first = !main.querySelector("h1");
  main.replaceChildren(screen);
  document.getElementById("offline-written").hidden = Boolean(open);
  network();
  const heading = screen.querySelector("h1");
  heading.tabIndex = -1;
  const start = screen.querySelector("input[autofocus]") ?? (first ? null : heading);
  start?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
};
/** A name to tap; `whole`: the name the circle is made from. */
const tile = (name, act, whole = name, more = "") => {
  const row = part("tile", { "[data-name]": name, "[data-more]": more });
  circle(row, whole);
  row.querySelector("button").addEventListener("click", act);
  return row;
};
const initials = (name) => {
  const capitals = name.split(/[\s-]+/).filter((word) => word && word[0] !== word[0].toLowerCase());
  return [...new Set([capitals[0], capitals.at(-1)])].map((word) => word?.[0] ?? "").join("");
};
const circle = (place, name) => {
  const avatar = place.querySelector(".a4-avatar");
  avatar.textContent = initials(name);
  avatar.classList.add(`a4-avatar--${[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS}`);
};
const moment = (made_at) => new Intl.DateTimeFormat(LANGUAGE, { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(made_at));

// Who are you? ----------------------------------------------------------------------------------

const home = async () => {
  open = undefined;
  const screen = part("home");
  const people = await pack.people().catch(() => []);
  screen.querySelector("[data-people]").append(...people.map((row) => tile(row.name, () => askPin(row))));
  screen.querySelector("[data-none]").hidden = people.length > 0;
  show(screen);
  const mine = navigator.onLine ? await pack.mine() : undefined;
  if (mine && main.contains(screen) && !people.some(({ id }) => id === mine.hat)) offer(screen, mine);
};

/** Somebody is signed in here and could choose a PIN. */
const offer = (screen, mine) => {
  const form = part("prepare", { "[data-name]": mine.name });
  screen.querySelector("[data-none]").replaceWith(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [pin, again] = [form.elements.pin.value, form.elements.again.value];
    if (!/^\d{6}$/.test(pin)) tell("stop", say("six-digits"));
    else if (pin !== again) tell("stop", say("not-the-same"));
    else {
      await pack.prepare(pin, mine);
      await home();
      tell("good", say("prepared"));
    }
    form.dispatchEvent(new Event("a4:answered", { bubbles: true }));
  });
};

const askPin = (person) => {
  const form = part("pin", { "[data-name]": person.name });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await pack.unlock(person.id, form.elements.pin.value);
    form.dispatchEvent(new Event("a4:answered", { bubbles: true }));
    form.elements.pin.value = "";
    if (found.pack) {
      document.getElementById("messages").replaceChildren();
      open = found.pack;
      touched();
      today();
    } else if (found.left > 0) {
      form.elements.pin.focus();
      tell("stop", say("wrong-pin", found.left));
    }
    else {
      await home();
      tell("stop", say("wiped"));
    }
  });
  form.querySelector("[data-back]").addEventListener("click", home);
  show(form);
};

// Today ------------------------------------------------------------------------------------------

const named = (children, child) => (children.filter(({ name }) => name === child.name).length > 1 ? child.full_name : child.name);

const today = () => {
  const screen = part("today", { "[data-who]": open.name, "[data-groups]": open.groups.map(({ name }) => name).join(", ") });
  const children = open.children ?? [];
  screen.querySelector("[data-children]").append(...children.map((child) => tile(named(children, child), () => about(child), child.full_name, child.part)));
  screen.querySelector("[data-about-groups]").append(
    ...open.groups.map((group) => {
      const chip = part("chip", { "[data-name]": open.groups.length > 1 ? group.name : "" });
      chip.querySelector("button").addEventListener("click", () => aboutGroup(group));
      return chip;
    }),
  );
  screen.querySelector("[data-off]").hidden = open.on !== false;
  screen.querySelector("[data-lock]").addEventListener("click", home);
  show(screen);
};

const saver = (form, kind, ids) => {
  Object.assign(form.dataset, { offline: kind, about: ids.join(" "), stamp: open.stamp, plain: "no" });
  const area = form.querySelector("textarea");
  if (!area) return;
  const draft = `${open.hat} ${form.dataset.about}`; // nobody else on this device gets to see it
  area.value = drafts.get(draft) ?? "";
  area.addEventListener("input", () => drafts.set(draft, area.value));
};
const tapped = (place, choices, name = "tags") => {
  place.append(
    ...choices.map(([value, label]) => {
      const pick = part("pick", { span: label });
      Object.assign(pick.querySelector("input"), { name, value });
      return pick;
    }),
  );
  place.closest("fieldset").hidden = choices.length === 0;
};
const back = (screen) => screen.querySelector("[data-back]").addEventListener("click", today);

const card = ({ moment: when, title, text }) => {
  const made = part("card", { "[data-moment]": when, "[data-title]": title, "[data-text]": text });
  made.querySelector("[data-see]").hidden = !title;
  return made;
};
const may = ({ name, verdict, label, words }) => {
  const row = part("may", { "[data-name]": name, "[data-words]": words ?? "" });
  row.querySelectorAll("[data-verdict]").forEach((badge) => (badge.hidden = badge.dataset.verdict !== verdict));
  row.querySelector(`[data-verdict="${verdict}"] [data-label]`).textContent = label;
  return row;
};

const about = (child) => {
  const screen = part("child", { h1: child.full_name });
  circle(screen, child.full_name);
  const [cards, mays] = [child.cards ?? [], child.mays ?? []];
  screen.querySelector("[data-cards]").append(...cards.map(card));
  screen.querySelector("[data-no-cards]").hidden = cards.length > 0;
  screen.querySelector("[data-mays]").append(...mays.map(may));
  screen.querySelector("[data-may]").hidden = mays.length === 0;
  tapped(screen.querySelector("[data-tags]"), open.tags ?? []);
  const others = open.children.filter(({ id }) => id !== child.id);
  tapped(screen.querySelector("[data-also]"), others.map((other) => [other.id, named(open.children, other)]), "also");
  const [note, rating] = screen.querySelectorAll("form");
  saver(note, "note", [child.id]);
  saver(rating, "rating", [child.id]);
  back(screen);
  show(screen);
};

const aboutGroup = (group) => {
  const screen = part("group", { h1: group.name });
  tapped(screen.querySelector("[data-tags]"), open.group_tags ?? []);
  saver(screen.querySelector("form"), "group_note", [group.id]);
  back(screen);
  show(screen);
};

// What is on this device ---------------------------------------------------------------------------

const queued = async () => {
  const rows = await list().catch(() => []);
  const place = document.getElementById("offline-list");
  place.replaceChildren(
    ...rows.map(({ kind, made_at, state }) => {
      const row = part("item", { "[data-what]": say(`kind-${kind}`), "[data-when]": moment(made_at) });
      row.querySelectorAll("[data-state]").forEach((badge) => (badge.hidden = badge.dataset.state !== state));
      return row;
    }),
  );
  document.getElementById("offline-empty").hidden = rows.length > 0;
};

const touched = () => {
  clearTimeout(idle);
  if (open) idle = setTimeout(home, IDLE);
};
const network = () =>
  document.querySelectorAll("[data-network]").forEach((each) => (each.hidden = (each.dataset.network === "on") !== navigator.onLine));

document.addEventListener("offline:saved", ({ target }) => drafts.delete(`${open?.hat} ${target.dataset.about}`));
document.addEventListener("offline:changed", queued);
["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, touched));
["online", "offline"].forEach((name) => window.addEventListener(name, network));
window.addEventListener("pagehide", () => main.replaceChildren());
window.addEventListener("pageshow", ({ persisted }) => persisted && home());
window.addEventListener("beforeunload", (event) => [...drafts.values()].some((words) => words.trim()) && event.preventDefault());
network();
queued();
home();
