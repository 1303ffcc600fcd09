// What the scripts say stands on the page, in the language of the page: <template id="offline-words">.

const words = document.getElementById("offline-words")?.content;

/** The words of this name, with `#` filled; `name 1` goes first where there is one of something. */
export const say = (name, about) => {
  const found = words?.querySelector(`[data-say="${name} ${about}"]`) ?? words?.querySelector(`[data-say="${name}"]`);
  return (found?.textContent ?? name).replace("#", about ?? "");
};

/** A copy of <template id="offline-{name}">, filled: {selector: text}. */
export const part = (name, texts = {}) => {
  const copy = document.getElementById(`offline-${name}`).content.firstElementChild.cloneNode(true);
  for (const [selector, text] of Object.entries(texts)) copy.querySelector(selector).textContent = text;
  return copy;
};

/** A message where messages stand, read aloud; the one of before makes room. */
export const tell = (kind, text) => {
  const message = part(`message-${kind}`, { p: text });
  document.getElementById("messages").replaceChildren(message);
  message.scrollIntoView({ block: "nearest" });
};
