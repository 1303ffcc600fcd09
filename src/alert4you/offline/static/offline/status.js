// The small calm line in the head of the page: how much is still on this device.

import { list } from "./queue.js";
import { say } from "./words.js";

const show = async () => {
  const line = document.getElementById("offline-status");
  if (!line) return;
  const rows = await list().catch(() => []);
  const [here, person] = ["here", "person"].map((state) => rows.filter((row) => (state === "here" ? ["here", "sent"].includes(row.state) : row.state === state)).length);
  line.hidden = !here && !person;
  line.dataset.state = here ? "here" : "person";
  line.querySelector("b").textContent = here || person;
  line.querySelector("span").textContent = here ? say("here", here) : say("person", person);
};

export const start = () => {
  document.addEventListener("offline:changed", show);
  show();
};
