// Passkeys: hands the page's question to the device, and its answer to the form.
// The button waits for this script: without it there is nothing to send.
(function () {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const told = document.getElementById("passkey-options");
  if (!form || !told) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const question = () => {
    const asked = JSON.parse(told.textContent).publicKey;
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const list of [asked.allowCredentials, asked.excludeCredentials]) {
      (list || []).forEach((each) => { each.id = bytes(each.id); });
    }
    return { publicKey: asked };
  };

  const answer = (key) => {
    const said = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) said[name] = text(key.response[name]);
    }
    if (key.response.getTransports) said.transports = key.response.getTransports();
    return JSON.stringify({
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response: said,
      clientExtensionResults: key.getClientExtensionResults(),
    });
  };

  let asking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking) return;
    asking = true;
    try {
      const device = navigator.credentials;
      const key = await (form.dataset.passkey === "create" ? device.create(question()) : device.get(question()));
      form.elements.credential.value = answer(key);
      form.submit();
    } catch {
      asking = false;
      form.querySelector("[data-passkey-trouble]").hidden = false;
    }
  }, true);
  form.querySelector("[data-passkey-ready]").disabled = false;
})();
