/* Passkeys. The ceremony itself is allauth's (mfa/js/webauthn.js); here its buttons are found and its failures said. */

const forms = window.allauth?.webauthn?.forms;
const form = document.getElementById("passkey-form");
// Browsers know passkeys only of names, over https or on the machine itself.
const named = !/^[\d.]+$|^\[/.test(location.hostname);

function button(id) {
  const found = document.getElementById(id);
  // Without a script the button sends the form, and the server says what is missing.
  if (found) found.type = "button";
  return found;
}

if (form && forms && window.PublicKeyCredential && isSecureContext && named) {
  form.hidden = false;
  form.querySelector("[data-passkey-missing]")?.remove();
  const data = "passkey-data";
  if (button("passkey-login")) {
    forms.loginForm({ ids: { login: "passkey-login", credential: "passkey-credential" } });
  }
  const authenticate = button("passkey-authenticate");
  if (authenticate) {
    const { credential } = authenticate.dataset;
    forms.authenticateForm({ ids: { authenticate: authenticate.id, credential, data } });
  }
  const add = button("passkey-add");
  if (add) {
    const { credential, passwordless } = add.dataset;
    forms.addForm({ ids: { add: add.id, credential, passwordless, data } });
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = form?.querySelector("[data-passkey-failed]");
  if (said) said.hidden = false;
});
