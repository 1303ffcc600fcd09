// Big digits for a PIN; without it the field and the keys of the device itself do the same.
"use strict";

const field = document.querySelector("[data-pin]");
const pad = document.querySelector("[data-keypad]");
if (field && pad) {
  const enough = Number(field.dataset.pin);
  const sendWhenFull = () => {
    if (field.value.length === enough && !field.form.dataset.sent) field.form.requestSubmit();
  };
  pad.hidden = false;
  field.inputMode = "none"; // the keys below take the place of those of the device
  field.focus();
  field.addEventListener("input", sendWhenFull);
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("button")?.value;
    if (!key) return;
    if (key === "clear") field.value = "";
    else if (key === "back") field.value = field.value.slice(0, -1);
    else if (field.value.length < enough) field.value += key;
    sendWhenFull();
  });
}

// Who comes back to this page by the back button finds it empty; digits given before all was loaded stay.
window.addEventListener("pageshow", (event) => {
  if (field && event.persisted) field.value = "";
});
