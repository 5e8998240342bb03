// signin_work.js: finds a text for which SHA-256(challenge:text) begins with so many zero bits. Without it, or where
// the browser cannot compute, one waits as the page says.
const challenge = document.querySelector('input[name=challenge]').value
const work = document.querySelector('input[name=work]')
const bits = Number(work.dataset.bits)
const zeros = (bytes) => {
  let n = 0
  for (const byte of bytes) {
    if (byte) return n + Math.clz32(byte) - 24
    n += 8
  }
  return n
}
async function find() {
  for (let i = 0; ; i++) {
    const given = new TextEncoder().encode(`${challenge}:${i}`)
    if (zeros(new Uint8Array(await crypto.subtle.digest('SHA-256', given))) >= bits) return String(i)
  }
}
if (crypto.subtle) find().then((text) => { work.value = text; document.getElementById('wait').hidden = true })
