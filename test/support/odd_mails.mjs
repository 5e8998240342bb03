// odd_mails.mjs: mails as no mail program writes them: seeded mutations of a few plain ones. The same seed gives
// the same mails.
export function chance(seed) {
  let s = seed >>> 0
  const next = () => { s = (s + 0x6D2B79F5) >>> 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296 }
  return { below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] }
}

const head = (more = '') => `From: "A. Sender" <sender@example.com>\r\nTo: privacy@example.org\r\nSubject: =?UTF-8?B?6K+35rGC?= one\r\nMessage-ID: <1@example.com>\r\nDate: Tue, 24 Nov 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\n${more}`
const plain = [
  head('Content-Type: text/plain; charset=utf-8\r\n') + '\r\n你好，请告诉我你们保存了什么。\r\n',
  head('Content-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n') + '\r\nxOO6w6Os1eLKx7LiytQ=\r\n',
  head('Content-Type: text/html; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n') + '\r\n<p>caf=E9 <b>bold</b>=\r\n</p><script>alert(1)</script>\r\n',
  head('Content-Type: multipart/mixed; boundary="b1"\r\n') + '\r\npreamble\r\n--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\nwords\r\n--b2\r\nContent-Type: text/html\r\n\r\n<i>words</i>\r\n--b2--\r\n--b1\r\nContent-Type: application/pdf; name*=UTF-8\'\'%e6%96%87.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b1--\r\n',
  head('Content-Type: message/rfc822\r\n') + '\r\nFrom: inner@example.com\r\nSubject: inner\r\n\r\ninner words\r\n',
  'From: x\n\nbare',
]
const words = ['\r\n', '\n', '\r', '\0', '--', '--b1', '--b1--', '--b2\r\n', ': ', '=?', '?=', '=?UTF-8?Q?', '=?x?B?', ';', '"', '<', '>', '(', ')', '\\',
  'boundary=', 'boundary=""', 'charset=', 'charset=utf-7', 'charset=\xff', 'Content-Type: multipart/mixed', 'Content-Type: message/rfc822\r\n\r\n',
  'Content-Transfer-Encoding: x-uuencode\r\n', 'begin 644 x\n', 'Return-Path: <>\r\n', 'Auto-Submitted: auto-replied\r\n', 'Precedence: bulk\r\n',
  'From ', 'Subject: [#', '[#2222-2222-2222-aaaaaaaaaaaaaaaa]', '\xe4\xbd', '\xed\xa0\x80', '\x1b$B', '=\r\n', '=ZZ', '====', 'a'.repeat(1200), ' '.repeat(300), '(' .repeat(200)]

function mutate(c, bytes) {
  const at = c.below(bytes.length + 1), length = c.below(40)
  switch (c.below(7)) {
    case 0: { const b = Buffer.from(bytes); if (b.length) b[Math.min(at, b.length - 1)] ^= 1 << c.below(8); return b }
    case 1: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + length))])
    case 2: return Buffer.concat([bytes.subarray(0, at), Buffer.from(c.pick(words), 'latin1'), bytes.subarray(at)])
    case 3: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - length), at), bytes.subarray(at)])
    case 4: return bytes.subarray(0, at)
    case 5: { const other = Buffer.from(c.pick(plain)); return Buffer.concat([bytes.subarray(0, at), other.subarray(c.below(other.length))]) }
    default: { const b = Buffer.from(bytes); for (let i = 0; i < length && at + i < b.length; i++) b[at + i] = c.below(256); return b }
  }
}

export function* oddMails(count, seed) {
  const c = chance(seed)
  for (let i = 0; i < count; i++) {
    let bytes = Buffer.from(c.pick(plain))
    for (let n = 1 + c.below(8); n > 0; n--) bytes = mutate(c, bytes)
    yield bytes
  }
}

export const ordinary = plain

// The large ones, by name.
export const large = {
  parts: head('Content-Type: multipart/mixed; boundary=b\r\n') + '\r\n' + '--b\r\nContent-Type: text/plain\r\n\r\npart\r\n'.repeat(1000) + '--b--\r\n',
  header: 'X-Long: ' + 'a'.repeat(1 << 20) + '\r\n' + head() + '\r\nwords behind a long header\r\n',
  headers: 'X-Many: b\r\n'.repeat(90000) + head() + '\r\nwords behind many headers\r\n',
  nested: head() + Array.from({ length: 1000 }, (_, i) => `Content-Type: multipart/mixed; boundary=n${i}\r\n\r\n--n${i}\r\n`).join('') + 'Content-Type: text/plain\r\n\r\ndeep\r\n',
  forwarded: head() + 'Content-Type: message/rfc822\r\n\r\n'.repeat(3000) + 'From: x@example.com\r\n\r\ndeep\r\n',
  addresses: 'From: ' + '<a@b.c>,'.repeat(50000) + '\r\nSubject: many\r\n\r\nwords\r\n',
  words: 'Subject: ' + '=?UTF-8?Q?=E4=BD=A0?= '.repeat(40000) + '\r\n\r\nwords\r\n',
  comments: 'From: ' + '('.repeat(100000) + 'x@example.com\r\nSubject: nested\r\n\r\nwords\r\n',
}
