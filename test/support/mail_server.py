# mail_server.py: Debian's aiosmtpd as the operator's mail server, for the scenes.
#
#     python3 mail_server.py PORT MODE CERTIFICATE KEY
#
# MODE: starttls (demanded, with a log-in), plain (offers no TLS), implicit (TLS from the first byte). PORT 0: any.
# Says {"port": N} once, then one JSON line for every command of interest and every mail. The local part of the
# recipient says what becomes of it: nobody… 550, grey… 451 at the first try, spam… 554 behind the content,
# slow… after three seconds.
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PORT, MODE, CERTIFICATE, KEY = sys.argv[1:5]
seen = {}


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        say(command="MAIL", tls=session.ssl is not None, user=getattr(session, "auth_data", None) is not None)
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        seen[address] = seen.get(address, 0) + 1
        say(command="RCPT", to=address, time=seen[address])
        if local.startswith("nobody"):
            return "550 5.1.1 no such mailbox: " + address
        if local.startswith("grey") and seen[address] == 1:
            return "451 4.7.1 greylisted, come again"
        if local.startswith("slow"):
            await asyncio.sleep(3)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.7.1 not wanted"
        say(mail=envelope.content.decode("utf-8", "replace"), sender=envelope.mail_from, to=envelope.rcpt_tos,
            tls=session.ssl is not None)
        return "250 taken"


def login(server, session, envelope, mechanism, auth_data):
    fits = isinstance(auth_data, LoginPassword) and auth_data.login == b"operator" and \
        auth_data.password == b"mail password 7"
    return AuthResult(success=fits, auth_data=auth_data if fits else None)


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(CERTIFICATE, KEY)
ways = {
    "starttls": dict(tls_context=context, require_starttls=True, auth_required=True, authenticator=login),
    "plain": dict(),
    "implicit": dict(auth_required=True, auth_require_tls=False, authenticator=login),
}


async def main():
    loop = asyncio.get_running_loop()
    make = lambda: SMTP(Handler(), loop=loop, hostname="localhost", **ways[MODE])
    server = await loop.create_server(make, "127.0.0.1", int(PORT), ssl=context if MODE == "implicit" else None)
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
