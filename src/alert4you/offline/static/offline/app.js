// On every page: the worker that keeps the shell, the queue, its status, and the pack of who is here.

import * as pack from "./pack.js";
import * as queue from "./queue.js";
import * as status from "./status.js";
import { say, tell } from "./words.js";
import { tellAfterwards } from "./saving.js";

const able = "indexedDB" in window && crypto.subtle && navigator.locks;

const keepShell = async () => {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  const had = worker.controller;
  // A newer version took over while this page was open: first everything goes home.
  worker.addEventListener("controllerchange", () => had && queue.grewOld());
  await worker.register("/worker.js");
};

const openPin = () =>
  document.querySelectorAll("form[data-offline-pin]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      const pin = form.elements[form.dataset.offlinePin]?.value ?? "";
      if (event.defaultPrevented || form.dataset.known || !/^\d{6}$/.test(pin)) return;
      event.preventDefault();
      form.dataset.known = "yes";
      await pack.chosen(pin, form.dataset.hat).catch(() => {});
      form.submit();
    });
  });

if (able) {
  document.addEventListener("offline:old", () => tell("info", say("newer")));
  keepShell().catch(() => {});
  status.start();
  queue.start().catch(() => {});
  tellAfterwards();
  openPin();
  pack.wipeOld().catch(() => {});
  const hat = document.querySelector("meta[name=stamp]")?.dataset.hat;
  queue.serverKey().catch(() => {});
  if (hat && navigator.onLine) pack.renew(hat).catch(() => {});
}
