// The quiet writing aid: what notes/rules/judging.py does, with the same patterns, while one writes.
// Nothing is sent anywhere, and nothing is stopped.
"use strict";

const find = (pattern, text) => [...text.matchAll(new RegExp(pattern, "giu"))].map((found) => [found.index, found.index + found[0].length]);

const isName = (text, start, word, names) => {
  const before = text.slice(0, start).trimEnd();
  const begins = !before || ".!?:\n\"“„‘'".includes(before.at(-1));
  const capital = word[0] !== word[0].toLowerCase();
  return names.includes(word) || (capital && word !== word.toUpperCase() && !begins);
};

const remarks = (text, aid) => {
  const spared = aid.spared.flatMap((pattern) => find(pattern, text));
  find(aid.denied, text).forEach(([start, end]) => spared.push([start + 1, end]));
  const marked = aid.marks.flatMap(({ pattern, ask }) => find(pattern, text).map(([start, end]) => ({ start, end, ask })));
  marked.sort((one, other) => one.start - other.start || other.end - one.end);
  const found = new Map();
  let taken = -1;
  for (const { start, end, ask } of marked) {
    const word = text.slice(start, end);
    const inside = spared.some(([left, right]) => left <= start && end <= right);
    if (start < taken || inside || isName(text, start, word, aid.names)) continue;
    taken = end;
    if (!found.has(word.toLowerCase())) found.set(word.toLowerCase(), { word, ask });
  }
  return [...found.values()];
};

const row = ({ word, ask }) => {
  const line = document.createElement("li");
  const marked = document.createElement("mark");
  marked.textContent = word;
  line.append(marked, ` ${ask}`);
  return line;
};

document.querySelectorAll("[data-aid]").forEach((place) => {
  const area = document.getElementById(place.dataset.aid);
  const aid = JSON.parse(document.getElementById("aid").textContent);
  const [list, box] = [place.querySelector("ul"), place.querySelector("[hidden]")];
  const aided = area.form.elements.aided;
  let later;
  const look = () => {
    const found = remarks(area.value, aid);
    list.replaceChildren(...found.map(row));
    box.hidden = found.length === 0;
    if (aided) aided.value = found.length ? "on" : "";
  };
  area.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(look, 400);
  });
  area.form.addEventListener("submit", look);
  look();
});
