// The button of the second step asks the security key, through the account library's own script.
const credential = document.querySelector("#webauthn_form [name='credential']");
window.allauth.webauthn.forms.authenticateForm({
  ids: { authenticate: "mfa_webauthn_authenticate", credential: credential.id, data: "js_data" },
});
