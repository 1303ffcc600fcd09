// The queue: what is written here is sealed at once, kept, sent, read back, and only then let go.
// See docs/explanation/offline.md; the states are those of its table, and "here" and "sent" before them.

import { digestOf, seal, toBytes, toText } from "./seal.js";
import { all, drop, get, move, put } from "./store.js";

const VERSION = 1; // of the protocol: see offline/rules/protocol.py
const [SOON, LATEST] = [2_000, 60_000]; // between two attempts, in ms
const MOST = 100; // items in one request
const HELD = 4_000; // ms
const PATIENCE = 20_000; // for one answer, in ms
const POISON = new Set([400, 413, 422, 500]);
const ENDED = { written: "safe", waiting: "person", unreadable: "person" };
const SHOWN_FOR = 24 * 60 * 60 * 1000; // what is safe stays on the list, in ms

const ask = async (address, body, patience = PATIENCE) => {
  const call = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(address, { ...call, signal: AbortSignal.timeout(patience), cache: "no-store", redirect: "error" });
  if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  return answer.json();
};

const changed = () => {
  document.dispatchEvent(new Event("offline:changed"));
  channel.postMessage("changed");
};
let old = false; // the server, or a newer worker, speaks of things this page does not know yet
const askReload = async () => {
  if (!old || (await unsent()).length) return;
  old = false;
  document.dispatchEvent(new Event("offline:old"));
};
/** There is a newer app: said once everything went home. */
export const grewOld = () => {
  old = true;
  return askReload();
};
const channel = new BroadcastChannel("alert4you");
channel.onmessage = () => document.dispatchEvent(new Event("offline:changed"));

/** The public key of the server, kept from when there was a network. */
export const serverKey = async () => {
  const kept = await get("things", "key");
  if (kept && Date.now() - kept.at < SHOWN_FOR) return kept;
  try {
    const key = { id: "key", at: Date.now(), key: await ask("/offline/key/", undefined, 4_000) };
    await put("things", key);
    return key;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
};

/** Seals what was written, and returns when the disk has it; throws where the device keeps nothing. */
export const keep = async ({ id, stamp, kind, about, said }) => {
  const made_at = new Date().toISOString();
  const { key } = await serverKey();
  const words = new TextEncoder().encode(JSON.stringify({ stamp, kind, about, said, made_at }));
  const sealed = await seal(toBytes(key.public), new TextEncoder().encode(`alert4you item ${id}`), words);
  const mine = Date.now() + HELD; // who wrote it sends it first, to hear what is wrong with it
  await put("items", { id, kind, made_at, key: key.id, sealed: toText(sealed), state: "here", mine });
  navigator.storage?.persist?.();
  changed();
};

/** Everything on the list, newest first: what is still here, and what was brought home today. */
export const list = async () => {
  const rows = [...(await all("items")), ...(await all("done"))];
  return rows.sort((one, other) => other.made_at.localeCompare(one.made_at));
};
export const unsent = () => all("items");

const sameText = async (items, answers) => {
  const mine = new Map(await Promise.all(items.map(async (item) => [item.id, await digestOf(item.sealed)])));
  return (answers ?? []).filter(({ id, digest }) => mine.has(id) && mine.get(id) === digest);
};

/** Sends these, reads back what the server says it has, and lets go of nothing else; answers which are safe. */
const bring = async (items, present) => {
  const wire = items.map(({ id, key, made_at, sealed }) => ({ id, key, made_at, sealed }));
  const answer = await ask("/offline/items/", { now: new Date().toISOString(), version: VERSION, items: wire, ...(present && { present }) });
  old ||= answer.reload === true;
  const refused = present && answer.items?.find(({ id, state }) => state === "refused" && id === items[0].id);
  if (refused) {
    await drop("items", refused.id);
    return [refused];
  }
  const there = new Set((await sameText(items, answer.items)).map(({ id }) => id));
  const sent = items.filter(({ id }) => there.has(id));
  for (const item of sent) await put("items", { ...item, state: "sent" });
  if (sent.length) changed();
  const back = sent.length ? await ask("/offline/safe/", { ids: [...there] }) : {};
  const safe = (await sameText(sent, back.items)).filter(({ state }) => ENDED[state]);
  for (const { id, state } of safe) {
    const { kind, made_at } = sent.find((item) => item.id === id);
    await move("items", "done", id, { id, kind, made_at, state: ENDED[state] });
  }
  return safe.map(({ id, state }) => ({ id, state: ENDED[state] }));
};

/** One item that the server cannot take does not hold up the others. */
const bringEach = async (items) => {
  try {
    return (await bring(items)).length;
  } catch (error) {
    if (!POISON.has(error.status) || items.length === 1) throw error;
    let brought = 0;
    for (const item of items) brought += await bring([item]).then((safe) => safe.length, () => 0);
    return brought;
  }
};

let [wait, later] = [SOON, undefined];

const sendOnce = async (lock) => {
  clearTimeout(later);
  // Another tab, or the page before this one, is sending: what it does not bring home comes round again.
  if (!lock) return void (later = setTimeout(sendAll, SOON));
  const items = await unsent();
  const isHeld = ({ mine }) => mine > Date.now() && mine <= Date.now() + HELD;
  const ready = items.filter((item) => !isHeld(item));
  try {
    let brought = 0;
    for (let from = 0; from < ready.length; from += MOST) brought += await bringEach(ready.slice(from, from + MOST));
    if (brought < items.length) throw new Error("half an answer");
    wait = SOON;
  } catch {
    later = setTimeout(sendAll, wait * (0.75 + Math.random() / 2));
    wait = Math.min(2 * wait, LATEST);
  }
  if (items.length) changed();
  await askReload();
};
export const sendAll = () => navigator.locks.request("alert4you-queue", { ifAvailable: true }, sendOnce);

/** Who wrote this waits for it: answers its state ("safe", "person", "refused", or "here" when it takes too long). */
export const sendNow = async (id, patience) => {
  const one = navigator.locks.request("alert4you-queue", async () => {
    const item = await get("items", id);
    const [answer] = item ? await bring([item], true) : [await get("done", id)];
    changed();
    return answer ?? { state: "here" };
  });
  const enough = new Promise((resolve) => setTimeout(resolve, patience, { state: "here" }));
  const answer = await Promise.race([one.catch(() => ({ state: "here" })), enough]);
  if (answer.state === "here") setTimeout(sendAll, SOON);
  else askReload();
  return answer;
};

/** From now on: at once, when there is a network again, and whenever somebody looks at the page. */
export const start = async () => {
  const old = new Date(Date.now() - SHOWN_FOR).toISOString();
  for (const { id, made_at } of await all("done")) if (made_at < old) await drop("done", id);
  const again = () => {
    wait = SOON;
    sendAll();
  };
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.hidden || again());
  again();
};
