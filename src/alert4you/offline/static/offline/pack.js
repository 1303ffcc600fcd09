// What must be readable without a network: today's children with their cards, for one person, behind her PIN.
//
// The pack is sealed to a key pair of that person on this device, so it can be renewed without asking the PIN again.
// Its private half is locked with the PIN (PBKDF2) and a secret of the device that no script can read.

import { newPair, open, seal } from "./seal.js";
import { all, drop, get, put } from "./store.js";

export const [TRIES, ROUNDS] = [5, 600_000];
const [FRESH, BACK] = [10 * 60_000, 60 * 60_000]; // ms: a pack is new enough; a clock may be set back so far
const CHOSEN = 2 * 60_000; // ms between a PIN that was typed and the page that knows who it was
const INFO = new TextEncoder().encode("alert4you pack");
const { subtle } = crypto;

const deviceSecret = async () => {
  const kept = await get("things", "device");
  if (kept) return kept.key;
  const key = await subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  await put("things", { id: "device", key });
  return key;
};
const lockOf = async (pin, salt) => {
  const typed = await subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const stretched = await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, 256);
  const both = await subtle.sign("HMAC", await deviceSecret(), stretched);
  return subtle.importKey("raw", both, "AES-GCM", false, ["encrypt", "decrypt"]);
};

const newLock = async (pin) => {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const { privateKey, publicKey } = await newPair();
  const secret = await subtle.exportKey("pkcs8", privateKey);
  const locked = await subtle.encrypt({ name: "AES-GCM", iv }, await lockOf(pin, salt), secret);
  return { salt, iv, locked, recipient: new Uint8Array(await subtle.exportKey("raw", publicKey)) };
};

const fetched = async () => {
  const answer = await fetch("/offline/pack/", { cache: "no-store", redirect: "error" });
  if (!answer.ok || !answer.headers.get("content-type")?.startsWith("application/json")) throw new Error(`pack: ${answer.status}`);
  return answer.json();
};
const filled = async (row, pack) => {
  const sealed = await seal(row.recipient, INFO, new TextEncoder().encode(JSON.stringify(pack)));
  const { hat: id, name } = pack;
  // How long the server's day still lasts, counted on the clock of this device, which may be wrong.
  const until = Date.now() + Date.parse(pack.until) - Date.parse(pack.now);
  await put("packs", { ...row, id, name, left: TRIES, sealed, until, at: Date.now() });
};

/** This hat typed a PIN to come in; whether it was right, the next pages tell (`renew`). */
export const chosen = async (pin, hat) => put("things", { id: "chosen", hat, at: Date.now(), ...(await newLock(pin)) });

/** Who is here on this page has a fresh pack, if she ever typed a PIN for it on this device. */
export const renew = async (hat) => {
  const [typed, own] = [await get("things", "chosen"), await get("packs", hat)];
  const mine = typed?.hat === hat && Date.now() - typed.at < CHOSEN ? typed : undefined;
  if (typed && !mine) await drop("things", "chosen");
  if (!mine && (!own || (own.sealed && Date.now() - own.at < FRESH))) return;
  const pack = await fetched();
  if (pack.hat !== hat) return;
  await filled(mine ?? own, pack);
  if (mine) await drop("things", "chosen"); // only now: who taps on at once leaves the first page before it is done
};

/** Who could work without a network on this device from now on: her pack, if somebody is signed in. */
export const mine = () => fetched().catch(() => undefined);
export const prepare = async (pin, pack) => filled(await newLock(pin), pack);

/** What is older than its day is gone; also where the clock was set back to read it once more. */
export const wipeOld = async () => {
  for (const { sealed, ...row } of await all("packs")) {
    const over = Date.now() > row.until || Date.now() < row.at - BACK;
    if (sealed && over) await put("packs", row);
  }
};

export const people = async () => {
  await wipeOld();
  return (await all("packs")).filter(({ sealed }) => sealed).sort((one, other) => one.name.localeCompare(other.name));
};

/** The pack of this person, or how many tries are left; after the last one it is gone. Counted before it is tried. */
export const unlock = async (id, pin) => {
  const row = await get("packs", id);
  if (!row?.sealed) return { left: 0 };
  const left = row.left - 1;
  await put("packs", { ...row, left });
  try {
    const secret = await subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await lockOf(pin, row.salt), row.locked);
    const privateKey = await subtle.importKey("pkcs8", secret, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
    const plain = await open({ privateKey, recipient: row.recipient }, INFO, row.sealed);
    await put("packs", { ...row, left: TRIES });
    return { pack: JSON.parse(new TextDecoder().decode(plain)) };
  } catch {
    if (left < 1) await drop("packs", id);
    return { left };
  }
};
