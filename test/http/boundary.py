# SPDX-License-Identifier: Apache-2.0
"""What the request boundary does around every page: headers, cookies, anti-forgery, once-only keys, language,
transactions, failures, uploads, limits."""
import gzip
import html
import json
import re
import sys

from harness import Answer, Server, ask, check, finish, form_of

SECURITY = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
}
CSP = ("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
       "connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; "
       "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
       "require-trusted-types-for 'script'; trusted-types 'none'")
EMPTY = ('accelerometer', 'camera', 'geolocation', 'microphone', 'payment', 'usb', 'display-capture')
HSTS = 'max-age=63072000; includeSubDomains'
WAITING = 'beenthere_jobs_waiting'


def headers(server):
    for path in ('/', '/nothing', '/break/database', '/healthz', '/person'):
        answer = server.get(path)
        for name, value in SECURITY.items():
            check(f'{path} {name}', answer.field(name) == value, answer.field(name))
        check(f'{path} policy', answer.field('Content-Security-Policy') == CSP)
        allowed = answer.field('Permissions-Policy')
        check(f'{path} permissions', all(f'{name}=()' in allowed for name in EMPTY), allowed)
        check(f'{path} passkeys are ours', set(re.findall(r'([a-z-]+)=\(self\)', allowed)) ==
              {'publickey-credentials-create', 'publickey-credentials-get'}, allowed)
        check(f'{path} tells nothing of the server',
              not any(answer.field(name) for name in ('Server', 'X-Powered-By', 'Via')), answer.fields)
        check(f'{path} no HSTS on http', answer.field('Strict-Transport-Security') is None)
    check('who only reads is given no cookie', not server.get('/').cookies())
    cookie = [value for key, value in server.get('/form').fields if key == 'Set-Cookie'][0]
    check('visit cookie', re.fullmatch(r'visit=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Max-Age=\d+',
        cookie), cookie)
    check('visit is kept', not server.get('/form', Cookie='visit=' + 'a' * 64).cookies())
    check('a bad visit is replaced', 'visit' in server.get('/form', Cookie='visit=' + 'A' * 64).cookies())
    check('two visits are none', 'visit' in server.get('/form',
        Cookie=f'visit={"a" * 64}; visit={"b" * 64}').cookies())
    check('sign-in redirect', server.get('/person').status == 303)
    check('sign-in keeps the way back', server.get('/person').field('Location') == '/form?back=%2Fperson',
          server.get('/person').field('Location'))


def worker(server):
    """It is asked for anew each time, at one address, and under the policy of all pages."""
    answer = server.get('/worker.js')
    check('the worker is a script', answer.field('Content-Type') == 'text/javascript; charset=utf-8')
    check('the worker is asked for anew', answer.field('Cache-Control') == 'no-store')
    check('the worker has the policy', answer.field('Content-Security-Policy') == CSP)


def refusals_have_them_too(server):
    """What no page can answer has the same header lines, and so has the host that is not ours."""
    for name, request, status in (('malformed', b'nonsense\r\n\r\n', 400),
            ('method', b'PUT / HTTP/1.1\r\nHost: localhost\r\n\r\n', 405),
            ('host', b'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', 421)):
        answer = Answer(server.raw(request))
        check(f'refused {name}', answer.status == status, answer.status)
        for field, value in SECURITY.items():
            check(f'refused {name} {field}', answer.field(field) == value, answer.field(field))
        check(f'refused {name} policy', answer.field('Content-Security-Policy') == CSP)
        check(f'refused {name} says so twice', b' / ' in answer.body, answer.body)


def hosts(binary):
    """The name that people know the program by is served, the machine's own too, and no other."""
    server = Server(binary, '--origin', 'https://support.example.org')
    for host, status in (('support.example.org', 200), ('Support.Example.ORG', 200),
            ('support.example.org:443', 200), ('localhost:8080', 200), ('127.0.0.1', 200), ('[::1]:1', 200),
            ('support.example.org.', 421), ('example.org', 421), ('a.support.example.org', 421),
            ('support.example.org.evil.example', 421), ('192.0.2.1', 421), ('[2001:db8::1]', 421)):
        answer = server.get('/form', Host=host)
        check(f'host {host}', answer.status == status, answer.status)
        check(f'host {host} is not repeated', b'evil' not in answer.body)
    token, once, visit = form_of(server)
    answer = server.post('/add', f'token={token}&once={once}'.encode(), Host='evil.example',
        Cookie=f'__Host-visit={visit}', Origin='https://evil.example')
    check('a form to another host', answer.status == 421, answer.status)
    server.close()
    server = Server(binary, listen='0.0.0.0')
    for host, status in (('192.0.2.1', 200), ('[2001:db8::1]:80', 200), ('evil.example', 421),
            ('1.2.3.4.evil', 421)):
        check(f'nameless, host {host}', server.get('/form', Host=host).status == status)
    server.close()


def secure(binary):
    server = Server(binary, '--origin', 'https://support.example.org')
    answer = server.get('/form')
    for path in ('/form', '/nothing'):
        check('HSTS', server.get(path).field('Strict-Transport-Security') == HSTS)
    refused = Answer(server.raw(b'nonsense\r\n\r\n'))
    check('HSTS on refusals', refused.field('Strict-Transport-Security') == HSTS, refused.fields)
    cookie = [value for key, value in answer.fields if key == 'Set-Cookie'][0]
    check('host cookie', cookie.startswith('__Host-visit=') and cookie.endswith('; Secure; Max-Age=604800'),
        cookie)
    visit = answer.cookies()['__Host-visit']
    check('host cookie is read', not server.get('/form', Cookie='__Host-visit=' + visit).cookies())
    check('plain cookie is not', '__Host-visit' in server.get('/form', Cookie='visit=' + visit).cookies())
    server.close()


def led_here(server):
    """Who follows a link from elsewhere brings no strict cookie, and is asked once more from our own site."""
    asked = '/person?a=%22%3Cb%3E&c=<"d">'
    answer = server.get(asked, Sec_Fetch_Site='cross-site')
    check('led here', (answer.status, answer.field('Refresh')) == (200, f'0; url={asked}'), answer.fields)
    link = f'<a href="{html.escape(asked)}" rel="noreferrer">'
    check('led here, by hand', link in answer.body.decode().replace('&#34;', '&quot;'), answer.body)
    for site in ('same-origin', 'same-site', 'none'):
        check(f'{site} is sent to sign in', server.get('/person', Sec_Fetch_Site=site).status == 303)
    answer = server.get('/form', Sec_Fetch_Site='cross-site')
    check('what is for all is shown', answer.field('Refresh') is None)
    check('a form from elsewhere is not', server.post('/add', b'', Sec_Fetch_Site='cross-site').status == 403)


def language(server):
    check('english', server.get('/form').body.startswith(b'en'))
    check('accepted', server.get('/form', Accept_Language='fr, es-MX;q=0.8, en;q=0.5').body.startswith(b'es'))
    check('weights', server.get('/form', Accept_Language='es;q=0.2, en;q=0.9').body.startswith(b'en'))
    check('zero weight', server.get('/form', Accept_Language='es;q=0').body.startswith(b'en'))
    check('cookie wins', server.get('/form', Accept_Language='en', Cookie='lang=es').body.startswith(b'es'))
    answer = server.get('/form?a=1&lang=es&b=2%203')
    check('switch', (answer.status, answer.field('Location')) == (303, '/form?a=1&b=2%203'),
        answer.field('Location'))
    check('switch is remembered', answer.cookies().get('lang') == 'es')
    check('unknown language', server.get('/form?lang=xx').status == 200)
    check('no way out', server.get('//evil.example?lang=es').status == 404)


def forgery(server):
    token, once, visit = form_of(server)
    mine = f'visit={visit}'
    good = f'token={token}&once={once}'.encode()
    before = server.metric(WAITING)
    other = form_of(server)
    refused = [
        ('no token', f'once={once}'.encode(), {'Cookie': mine}),
        ('no visit', good, {}),
        ("another's visit", good, {'Cookie': f'visit={other[2]}'}),
        ("another's token", f'token={other[0]}&once={once}'.encode(), {'Cookie': mine}),
        ('cut token', f'token={token[:-1]}&once={once}'.encode(), {'Cookie': mine}),
        ('zeros', f'token={"0" * 64}&once={once}'.encode(), {'Cookie': mine}),
        ('two tokens', good + f'&token={token}'.encode(), {'Cookie': mine}),
        ('other origin', good, {'Cookie': mine, 'Origin': 'https://evil.example'}),
        ('origin of another port', good, {'Cookie': mine, 'Origin': 'http://localhost:1'}),
        ('cross-site', good, {'Cookie': mine, 'Sec_Fetch_Site': 'cross-site'}),
        ('same-site', good, {'Cookie': mine, 'Sec_Fetch_Site': 'same-site'}),
    ]
    for name, body, fields in refused:
        answer = server.post('/add', body, **fields)
        check('forgery: ' + name, answer.status == 403, answer.status)
    check('no once', server.post('/add', f'token={token}'.encode(), Cookie=mine).status == 400)
    check('short once', server.post('/add', f'token={token}&once=abc'.encode(), Cookie=mine).status == 400)
    check('nothing was changed', server.metric(WAITING) == before)
    again = form_of(server, cookie=mine)
    check('tokens differ a page', again[0] != token)
    for name, fields in (('null', {'Origin': 'null'}), ('own', {'Origin': f'http://127.0.0.1:{server.port}'}),
                         ('host', {'Origin': 'http://localhost'}),
                         ('fetch', {'Sec_Fetch_Site': 'same-origin'})):
        once = form_of(server, cookie=mine)[1]
        answer = server.post('/add', f'token={token}&once={once}'.encode(), Cookie=mine, **fields)
        check('allowed: ' + name, answer.status == 303, answer.status)
    check('each was counted', server.metric(WAITING) == before + 4)


def once_only(server):
    token, once, visit = form_of(server)
    mine = f'visit={visit}'
    body = f'token={token}&once={once}'.encode()
    before = server.metric(WAITING)
    answers = [server.post('/add', body, Cookie=mine) for _ in range(5)]
    check('replays get the first answer', all((a.status, a.field('Location')) == (303,
        '/form') for a in answers))
    check('and change nothing', server.metric(WAITING) == before + 1, server.metric(WAITING) - before)
    said = answers[0].cookies()['said']
    page = server.get('/form', Cookie=f'{mine}; said={said}')
    check('the sentence is shown', b'There is nothing here' in page.body, page.body[:200])
    check('and used up', page.cookies().get('said') == '')
    number = said.split('.')[0]
    planted = server.get('/form', Cookie=f'{mine}; said={number}.{"0" * 32}')
    check('a planted sentence is not', b'There is nothing here' not in planted.body)


def transactions(server):
    for how, status in (('database', 503), ('memory', 500), ('retry', 503), ('nothing', 422)):
        token, once, visit = form_of(server)
        before = server.metric(WAITING)
        answer = server.post(f'/break/{how}', f'token={token}&once={once}'.encode(), Cookie=f'visit={visit}')
        check(f'post {how}', answer.status == status, answer.status)
        check(f'post {how} leaves nothing', server.metric(WAITING) == before)
        if how != 'nothing':
            reference = re.search(rb'reference=(\w+)', answer.body).group(1).decode()
            check(f'post {how} reference',
                re.search(rf'reference={reference} route=/break/{{how:Str}} why=', server.log()))
        check(f'get {how}', server.get(f'/break/{how}').status == (status if how != 'nothing' else 200))
    check('tried three times', server.metric('beenthere_transaction_retries_total') >= 4)
    token, once, visit = form_of(server)
    before = server.metric(WAITING)
    answer = server.post('/keep', f'token={token}&once={once}'.encode(), Cookie=f'visit={visit}')
    check('keep', (answer.status, server.metric(WAITING)) == (422, before + 1))
    words = 'words=Nights+are+long.&who=other&more=+A+line%0A%3Cb%3E+another+'
    for token_sent, is_told in ((token, True), ('0' * 64, False)):
        body = f'token={token_sent}&once={form_of(server, cookie=f"visit={visit}")[1]}&{words}'.encode()
        said = server.post('/break/nothing', body, Cookie=f'visit={visit}').body
        found = [b' typed=Nights are long.' in said, b' typed=A line' in said, b'&lt;b> another' in said
                 or b'&lt;b&gt; another' in said]
        check(f'refused, and the words are there: {is_told}', found == [is_told] * 3, said)
        check('and nothing else', b'typed=other' not in said and said.count(b'typed=') == 2 * is_told, said)


def uploads(server):
    token, once, visit = form_of(server)
    mark = 'xxMARKxx'

    def form(content, mark=mark, end='--\r\n'):
        fields = ''.join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                         for name, value in (('token', token), ('once', once)))
        return (fields + f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
                'Content-Type: text/csv\r\n\r\n').encode() + content + f'\r\n--{mark}{end}'.encode()

    def send(body, kind=f'multipart/form-data; boundary={mark}'):
        return server.post('/upload', body, Cookie=f'visit={visit}', Content_Type=kind)

    for size in (0, 1, 65536, 3_000_000, 8_000_000):
        answer = send(form(bytes(range(256)) * (size // 256) + b'x' * (size % 256)))
        check(f'upload {size}', (answer.status, answer.body) == (200, f'{size}\n'.encode()), answer.status)
    check('upload past the limit', send(b'x' * (8 * 1024 * 1024 + 1)).status == 413)
    check('no boundary', send(form(b'a'), 'multipart/form-data').status == 400)
    check('other boundary', send(form(b'a'), 'multipart/form-data; boundary=y').status == 400)
    check('no end', send(form(b'a', end='')).status == 400)
    check('not utf-8', send(form(b'a').replace(b'name="token"', b'name="\xff"')).status == 400)
    with server.connect() as connection:
        body = form(b'abc')
        connection.sendall((f'POST /upload HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n'
                            f'Cookie: visit={visit}\r\n'
                            f'Content-Type: multipart/form-data; boundary={mark}\r\nConnection: close\r\n'
                            f'Content-Length: {len(body)}\r\n\r\n').encode())
        check('100-continue', connection.recv(100) == b'HTTP/1.1 100 Continue\r\n\r\n')
        connection.sendall(body)
        data = b''
        while part := connection.recv(65536):
            data += part
        check('after 100-continue', data.startswith(b'HTTP/1.1 200 ') and data.endswith(b'3\n'), data[:100])


def compressed(server):
    """Pages are gzip for who takes it; with words in the query only for our own pages' links."""
    visit = 'visit=' + 'a' * 64
    plain = server.get('/', Cookie=visit)
    packed = server.get('/', Accept_Encoding='br, gzip', Cookie=visit)
    check('gzip', packed.field('Content-Encoding') == 'gzip' and len(packed.body) < len(plain.body) / 4,
          (packed.fields, len(packed.body)))
    check('the same page', gzip.decompress(packed.body) == plain.body)
    check('length is what is sent', int(packed.field('Content-Length')) == len(packed.body))
    head = ask(server, 'HEAD', '/', b'', {'Accept-Encoding': 'gzip', 'Cookie': visit})
    length = packed.field('Content-Length')
    check('HEAD tells that length', head.field('Content-Length') == length, head.fields)
    check('caches are told', plain.field('Vary') == packed.field('Vary') == 'Accept-Encoding', plain.fields)
    check('plain without a wish', plain.field('Content-Encoding') is None)
    for wish in ('gzip;q=0', 'br', 'identity', 'gzipped'):
        answer = server.get('/', Accept_Encoding=wish)
        check(f'plain for {wish}', answer.field('Content-Encoding') is None)
    answer = server.get('/form', Accept_Encoding='gzip')
    check('one packet stays plain', answer.field('Content-Encoding') is None)
    for site in ('same-origin', 'same-site', 'cross-site', 'none'):
        answer = server.get('/big?size=9000', Accept_Encoding='gzip', Sec_Fetch_Site=site)
        is_packed = answer.field('Content-Encoding') == 'gzip'
        check(f'a query from {site}', is_packed == (site == 'same-origin'), answer.fields)
    answer = server.get('/big?size=9000', Accept_Encoding='gzip')
    check('a query from nobody knows where', len(answer.body) > 8000)
    first, second = form_of(server, cookie=visit)[0], form_of(server, cookie=visit)[0]
    check('each page has another token', first != second and not set(chunks(first)) & set(chunks(second)),
          (first, second))


def chunks(text):
    """What a compressor would find in both."""
    return [text[at:at + 8] for at in range(len(text) - 7)]


def limits(binary):
    server = Server(binary, '--trust-proxy')
    statuses = [server.get('/form', X_Forwarded_For='evil, 203.0.113.9').status for _ in range(480)]
    check('a flood is slowed', statuses.count(429) > 20, statuses.count(429))
    for _ in range(20):  # the bucket drains meanwhile, 40 a second
        answer = server.get('/form', X_Forwarded_For='203.0.113.77')
        if answer.status == 429:
            break
    check('its block with it', answer.status == 429 and int(answer.field('Retry-After')) >= 1, answer.status)
    check('others are not', server.get('/form', X_Forwarded_For='203.0.114.9').status == 200)
    check('six too', server.get('/form', X_Forwarded_For='2001:db8::1').status == 200)
    token, once, visit = form_of(server, cookie='x=y')
    posts = [ask(server, 'POST', '/keep', f'token={token}&once={"o" * 32}'.encode(),
                 {'Cookie': f'visit={visit}', 'X-Forwarded-For': '198.51.100.4',
                  'Content-Type': 'application/x-www-form-urlencoded'}).status for _ in range(70)]
    check('strangers post slowly', posts[:50].count(422) == 50 and posts.count(429) >= 5, posts)
    files = [server.get('/file', X_Forwarded_For='198.51.100.70').status for _ in range(25)]
    check('files are fetched slowly', files[:20] == [200] * 20 and files.count(429) >= 4, files)
    check('other pages are not held up', server.get('/form', X_Forwarded_For='198.51.100.70').status == 200)
    check('nor others', server.get('/file', X_Forwarded_For='198.51.101.70').status == 200)
    proofs = [ask(server, 'POST', '/prove', f'token={token}&once={"p" * 32}'.encode(),
                  {'Cookie': f'visit={visit}', 'X-Forwarded-For': f'203.0.115.{n}',
                   'Content-Type': 'application/x-www-form-urlencoded'}).status for n in range(40)]
    check('proofs come slowly from a block', proofs[:30] == [422] * 30 and proofs.count(429) >= 8, proofs)
    check('metrics are not for visitors', server.get('/metrics', X_Forwarded_For='127.0.0.1').status == 404)
    check('no address in the log', '203.0.113' not in server.log())
    server.close()


def main():
    server = Server(sys.argv[1])
    headers(server)
    worker(server)
    refusals_have_them_too(server)
    led_here(server)
    language(server)
    forgery(server)
    once_only(server)
    transactions(server)
    uploads(server)
    compressed(server)
    leave = form_of(server)
    answer = server.post('/leave', f'token={leave[0]}&once={leave[1]}'.encode(),
        Cookie=f'visit={leave[2]}; session={"a" * 64}')
    check('leave', (answer.status, answer.field('Refresh')) == (200, '0; url=https://www.weather.gov/'),
        answer.fields)
    check('leave without a refresh', b'<a href="https://www.weather.gov/" rel="noreferrer">' in answer.body)
    check('leave clears', answer.cookies() == {'session': '',
        'visit': ''} and 'storage' in answer.field('Clear-Site-Data'),
          json.dumps(answer.cookies()))
    check('health', server.get('/healthz').body == b'ok\n')
    check('the log has no personal data', not re.search(r'visit=|token=|[0-9a-f]{32}', server.log()))
    server.close()
    secure(sys.argv[1])
    hosts(sys.argv[1])
    limits(sys.argv[1])
    finish()


main()
