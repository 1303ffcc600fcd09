// What the device keeps: one database, written with durability "strict" (on the disk before we say so).

const NAME = "alert4you";
const ROOMS = ["items", "done", "packs", "things"];
let opened;

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const database = () =>
  (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => ROOMS.forEach((room) => request.result.createObjectStore(room, { keyPath: "id" }));
    request.onsuccess = () => {
      const forget = () => (opened = undefined);
      request.result.onversionchange = () => forget(request.result.close());
      request.result.onclose = forget;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = undefined;
    throw error;
  }));

/** Runs `act` in one transaction over these rooms, and answers only when the disk has it. */
const within = async (rooms, mode, act) => {
  const work = (await database()).transaction(rooms, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    work.oncomplete = resolve;
    work.onabort = () => reject(work.error ?? new Error("aborted"));
  });
  const answer = await act(...rooms.map((room) => work.objectStore(room)));
  await done;
  return answer;
};

export const all = (room) => within([room], "readonly", (rows) => asked(rows.getAll()));
export const get = (room, id) => within([room], "readonly", (rows) => asked(rows.get(id)));
export const put = (room, row) => within([room], "readwrite", (rows) => asked(rows.put(row)));
export const drop = (room, id) => within([room], "readwrite", (rows) => asked(rows.delete(id)));
/** From one room to another, in one go. */
export const move = (from, to, id, row) =>
  within([from, to], "readwrite", async (source, target) => {
    source.delete(id);
    await asked(target.put(row));
  });
