// passkey.js: adds a passkey, or proves with one who one is. The forms stay hidden where a browser cannot.
const ask = async (where, body) => {
  const answer = await fetch(where, { method: 'POST', credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body ?? {}) })
  const said = await answer.json()
  if (!answer.ok) throw new Error(`${said.message}: ${said.hint}`)
  return said
}

const ways = {
  add: async (form) => {
    const { flow, publicKey } = await ask('/account/factors/passkeys/challenge')
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    await ask('/account/factors/passkeys', { flow, passkey: made.toJSON(), name: form.elements.name.value })
    location.assign('/account/security')
  },
  login: async () => {
    const { flow, publicKey } = await ask('/account/login/passkey/challenge')
    const got = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
    await ask('/account/login/passkey', { flow, passkey: got.toJSON() })
    location.assign('/account')
  },
  fresh: async () => {
    const { flow, publicKey } = await ask('/account/fresh/challenge')
    const got = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
    await ask('/account/fresh', { flow, passkey: got.toJSON() })
    location.assign('/account/security')
  },
}

const able = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON
for (const form of able ? document.querySelectorAll('form[data-passkey]') : []) {
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const said = form.querySelector('.fault')
    said.textContent = ''
    try { await ways[form.dataset.passkey](form) } catch (e) { said.textContent = e.message }
  })
}
