# SPDX-License-Identifier: Apache-2.0
"""What the request boundary does around every page: headers, cookies, anti-forgery, once-only keys, language,
transactions, failures, uploads, limits."""
import gzip
import json
import re
import sys

from harness import Server, ask, check, finish, form_of

SECURITY = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
}
CSP = ("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
       "connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; "
       "form-action 'self' https://www.weather.gov; frame-ancestors 'none'; base-uri 'none'; "
       "require-trusted-types-for 'script'")
WAITING = 'beenthere_jobs_waiting'


def headers(server):
    for path in ('/', '/nothing', '/break/database', '/healthz', '/person'):
        answer = server.get(path)
        for name, value in SECURITY.items():
            check(f'{path} {name}', answer.field(name) == value, answer.field(name))
        check(f'{path} policy', answer.field('Content-Security-Policy') == CSP)
        check(f'{path} permissions', 'camera=()' in answer.field('Permissions-Policy'))
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


def secure(binary):
    server = Server(binary, '--origin', 'https://support.example.org')
    answer = server.get('/form')
    check('HSTS', answer.field('Strict-Transport-Security') == 'max-age=63072000; includeSubDomains')
    cookie = [value for key, value in answer.fields if key == 'Set-Cookie'][0]
    check('host cookie', cookie.startswith('__Host-visit=') and cookie.endswith('; Secure; Max-Age=604800'),
        cookie)
    visit = answer.cookies()['__Host-visit']
    check('host cookie is read', not server.get('/form', Cookie='__Host-visit=' + visit).cookies())
    check('plain cookie is not', '__Host-visit' in server.get('/form', Cookie='visit=' + visit).cookies())
    server.close()


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
        ('origin of another port', good, {'Cookie': mine, 'Origin': 'http://test:1'}),
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
                         ('host', {'Origin': 'http://test'}), ('fetch', {'Sec_Fetch_Site': 'same-origin'})):
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
        connection.sendall((f'POST /upload HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n'
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
    check('metrics are not for visitors', server.get('/metrics', X_Forwarded_For='127.0.0.1').status == 404)
    check('no address in the log', '203.0.113' not in server.log())
    server.close()


def main():
    server = Server(sys.argv[1])
    headers(server)
    language(server)
    forgery(server)
    once_only(server)
    transactions(server)
    uploads(server)
    compressed(server)
    leave = form_of(server)
    answer = server.post('/leave', f'token={leave[0]}&once={leave[1]}'.encode(),
        Cookie=f'visit={leave[2]}; session={"a" * 64}')
    check('leave', (answer.status, answer.field('Location')) == (303, 'https://www.weather.gov/'))
    check('leave clears', answer.cookies() == {'session': '',
        'visit': ''} and 'storage' in answer.field('Clear-Site-Data'),
          json.dumps(answer.cookies()))
    check('health', server.get('/healthz').body == b'ok\n')
    check('the log has no personal data', not re.search(r'visit=|token=|[0-9a-f]{32}', server.log()))
    server.close()
    secure(sys.argv[1])
    limits(sys.argv[1])
    finish()


main()
