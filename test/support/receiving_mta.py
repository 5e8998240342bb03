# receiving_mta.py: a small receiving mail server (aiosmtpd) that hands each mail to a command's pipe, as an MTA
# does it from its aliases file:  receiving_mta.py PORT COMMAND ARGUMENT...
# Exit 75 of the command is answered 451, so that the other side brings the mail again.
import asyncio
import sys

from aiosmtpd.controller import Controller


class Pipe:
    async def handle_DATA(self, server, session, envelope):
        sender = "" if envelope.mail_from == "<>" else envelope.mail_from  # aiosmtpd writes the empty one so
        head = b"Return-Path: <" + sender.encode() + b">\r\n"
        process = await asyncio.create_subprocess_exec(*sys.argv[2:], stdin=asyncio.subprocess.PIPE,
                                                       stdout=asyncio.subprocess.DEVNULL)
        await process.communicate(head + envelope.content)
        return "250 taken" if process.returncode == 0 else "451 later"


controller = Controller(Pipe(), hostname="127.0.0.1", port=int(sys.argv[1]), data_size_limit=64 << 20)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
