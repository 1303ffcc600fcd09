// Speaking in the place of typing, only where the device itself turns speech into words: no voice goes to a
// service. Elsewhere a hint: the microphone of the keyboard works in any field.
"use strict";

const LANGUAGES = { nl: "nl-NL", en: "en-GB" };
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const language = LANGUAGES[document.documentElement.lang] ?? "nl-NL";

const onThisDevice = async () => {
  if (!Recognition?.available || !("processLocally" in Recognition.prototype)) return false;
  return (await Recognition.available({ langs: [language], processLocally: true })) === "available";
};

const listening = (area, button) => {
  const ear = new Recognition();
  Object.assign(ear, { lang: language, continuous: true, interimResults: false, processLocally: true });
  ear.onresult = ({ results, resultIndex }) => {
    const heard = [...results].slice(resultIndex).filter((each) => each.isFinal);
    const words = heard.map((each) => each[0].transcript.trim());
    area.value = [area.value.trimEnd(), ...words].filter(Boolean).join(" ");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  ear.onend = () => button.setAttribute("aria-pressed", "false");
  ear.onerror = ear.onend;
  button.setAttribute("aria-pressed", "true");
  ear.start();
  return ear;
};

document.querySelectorAll("[data-dictate]").forEach(async (place) => {
  const area = document.getElementById(place.dataset.dictate);
  const [button, hint] = [place.querySelector("button"), place.querySelector("p")];
  if (!(await onThisDevice().catch(() => false))) return;
  let ear;
  const on = () => button.getAttribute("aria-pressed") === "true";
  [button.hidden, hint.hidden] = [false, true];
  button.addEventListener("click", () => {
    if (on()) ear.stop();
    else ear = listening(area, button);
    area.focus();
  });
  window.addEventListener("pagehide", () => on() && ear.abort());
});
