// HPKE (RFC 9180), base mode, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, with what the browser has.

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const KEM = Uint8Array.of(0x4b, 0x45, 0x4d, 0x00, 0x10); // "KEM", 0x0010
const { subtle } = crypto;

const ascii = (text) => new TextEncoder().encode(text);
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

export const toText = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
export const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const hmac = async (key, data) => {
  const imported = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, data));
};
const extract = (suite, salt, label, secret) => hmac(salt.length ? salt : new Uint8Array(32), joined(ascii("HPKE-v1"), suite, ascii(label), secret));
// One block of HKDF-Expand: none of ours is longer than 32 bytes.
const expand = async (suite, key, label, info, length) =>
  (await hmac(key, joined([0, length], ascii("HPKE-v1"), suite, ascii(label), info, [1]))).slice(0, length);

const agreed = async (own, their, context) => {
  const shared = new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: their }, own, 256));
  const secret = await extract(KEM, [], "eae_prk", shared);
  return expand(KEM, secret, "shared_secret", context, 32);
};

const cipher = async (shared, info, aes, use) => {
  const suite = joined(ascii("HPKE"), [0, 0x10, 0, 1, 0, aes === 256 ? 2 : 1]);
  const context = joined([0], await extract(suite, [], "psk_id_hash", []), await extract(suite, [], "info_hash", info));
  const secret = await extract(suite, shared, "secret", []);
  const key = await expand(suite, secret, "key", context, aes / 8);
  const iv = await expand(suite, secret, "base_nonce", context, 12);
  return [await subtle.importKey("raw", key, "AES-GCM", false, [use]), iv];
};

const raw = async (key) => new Uint8Array(await subtle.exportKey("raw", key));
export const newPair = () => subtle.generateKey(CURVE, true, ["deriveBits"]);

/** The bytes `enc || ciphertext`. `pair`, `aad` and `aes` differ from the default only for the vector of the RFC. */
export const seal = async (recipient, info, plain, { pair, aad = new Uint8Array(), aes = 256 } = {}) => {
  const { privateKey, publicKey } = pair ?? (await newPair());
  const [to, enc] = [await subtle.importKey("raw", recipient, CURVE, true, []), await raw(publicKey)];
  const shared = await agreed(privateKey, to, joined(enc, recipient));
  const [key, iv] = await cipher(shared, info, aes, "encrypt");
  return joined(enc, new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, plain)));
};

/** What was sealed to this pair; throws where it is not for it, or was touched. */
export const open = async ({ privateKey, recipient }, info, sealed) => {
  const enc = sealed.slice(0, 65);
  const shared = await agreed(privateKey, await subtle.importKey("raw", enc, CURVE, true, []), joined(enc, recipient));
  const [key, iv] = await cipher(shared, info, 256, "decrypt");
  return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(65)));
};

export const digestOf = async (text) =>
  Array.from(new Uint8Array(await subtle.digest("SHA-256", ascii(text))), (byte) => byte.toString(16).padStart(2, "0")).join("");
