# SPDX-License-Identifier: Apache-2.0
"""Mail through a real SMTP server: well formed, neutral in its headers, sent once, tried again when it is
refused."""
import email
import email.policy
import sys
import time
import urllib.parse

from aiosmtpd.controller import Controller
from harness import Server, check, finish, form_of, free_port

SUBJECT = 'Su código de entrada, y un asunto tan largo que no cabe en una sola línea de la cabecera'
BODY = ('Hola:\n\n.un punto al comienzo\n' + 'Una línea muy larga ñ = ' * 40
        + '\n\nfin de línea \n\tcon tabulador 😀')


class Inbox:
    def __init__(self):
        self.messages = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope):
        if self.refuses:
            return '451 not now'
        self.messages.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return '250 taken'


def send(server, to, subject, body):
    token, once, visit = form_of(server)
    data = urllib.parse.urlencode({'token': token, 'once': once, 'to': to, 'subject': subject, 'body': body})
    return server.post('/mail', data.encode(), Cookie=f'visit={visit}').status


def wait_until(is_so, seconds=6):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def in_the_clear(binary):
    """A mail server that is not this machine's own and offers no TLS gets nothing."""
    inbox = Inbox()
    controller = Controller(inbox, hostname='127.0.0.2', port=free_port())
    controller.start()
    server = Server(binary, '--smtp', f'smtp://127.0.0.2:{controller.port}', '--mail-from',
                    'hello@example.org')
    send(server, 'family@example.org', 'x', 'y')
    check('clear text fails', wait_until(lambda: 'event=job_failed kind=mail tries=1' in server.log()))
    check('and stays here', server.metric('beenthere_jobs_waiting') == 1 and not inbox.messages)
    server.close()
    controller.stop()


def main():
    inbox = Inbox()
    controller = Controller(inbox, hostname='127.0.0.1', port=free_port())
    controller.start()
    server = Server(sys.argv[1], '--smtp', f'smtp://127.0.0.1:{controller.port}', '--mail-from',
                    'Support <hello@support.example.org>')
    check('queued', send(server, 'family@example.org', SUBJECT, BODY) == 303)
    check('sent', wait_until(lambda: len(inbox.messages) == 1))
    sender, receivers, content = inbox.messages[0]
    check('envelope', (sender, receivers) == ('hello@support.example.org', ['family@example.org']), (sender,
        receivers))
    message = email.message_from_bytes(content, policy=email.policy.default)
    check('no defect', not message.defects and not any(field.defects for field in message.values()),
        message.defects)
    check('subject', message['Subject'] == SUBJECT, message['Subject'])
    check('body', message.get_content().replace('\r\n', '\n').rstrip('\n') == BODY,
        repr(message.get_content()))
    check('from', message['From'] == 'Support <hello@support.example.org>')
    check('to', message['To'] == 'family@example.org')
    check('date', abs(message['Date'].datetime.timestamp() - time.time()) < 60)
    check('id', message['Message-ID'].endswith('@support.example.org>'), message['Message-ID'])
    check('automatic', message['Auto-Submitted'] == 'auto-generated')
    check('ASCII, short lines', all(len(line) <= 78 and line.isascii() for line in content.split(b'\r\n')))
    check('the row is gone', wait_until(lambda: server.metric('beenthere_jobs_waiting') == 0))
    for to in ('a@b.example\r\nBcc: c@d.example', 'a b@c.example', 'nobody', 'a@b.example,c@d.example'):
        check('refused: ' + repr(to), send(server, to, 'x', 'y') == 500)
    check('subject of two lines', send(server, 'a@b.example', 'x\r\nBcc: c@d.example', 'y') == 500)
    inbox.refuses = True
    send(server, 'family@example.org', 'x', 'y')
    check('refused once', wait_until(lambda: 'event=job_failed kind=mail tries=1' in server.log()))
    check('kept', server.metric('beenthere_jobs_waiting') == 1)
    check('sent once', len(inbox.messages) == 1)
    check('no address in the log', '@example.org' not in server.log())
    server.close()
    controller.stop()
    in_the_clear(sys.argv[1])
    finish()


main()
