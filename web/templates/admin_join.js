// admin_join.js: a link carries its token behind the #, which no server is sent; it is put into the form.
const field = document.getElementById('token')
if (location.hash.length > 1) {
  field.value = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
}
