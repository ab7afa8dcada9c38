/* Passkeys: the ceremonies are allauth's; here they meet our buttons and say when one did not work. */
document.addEventListener('DOMContentLoaded', () => {
  const { forms } = window.allauth.webauthn;
  const said = document.getElementById('passkey_said');
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault();
    said.hidden = false;
    said.focus();
  });
  if (document.getElementById('add_passkey')) {
    forms.signupForm({ ids: { signup: 'add_passkey', credential: 'credential', data: 'js_data' } });
  }
  if (document.getElementById('passkey_login')) {
    forms.loginForm({ ids: { login: 'passkey_login', credential: 'credential' } });
  }
});
