#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Inputs that tools/lint.py must refuse, each beside one that it must let pass."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import lint  # noqa: E402  (found by the line above)

HEAD = '/* SPDX-License-Identifier: Apache-2.0 */\n/* A file made for a test. */\n'
ORDER = {'src/features/order.txt': '# order\nfirst\nsecond\n'}


def findings(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
                file.write(text)
        return [str(finding) for finding in lint.lint(root)]


def include(path, line):
    return findings({**ORDER, path: HEAD + '#include ' + line + '\n'})


class IncludeTest(unittest.TestCase):
    REFUSED = [
        ('src/base/x.c', '"platform/db/db.h"', 'base does not stand on platform'),
        ('src/base/x.c', '"ids.h"', 'base includes no generated header'),
        ('src/base/x.c', '<sqlite3.h>', 'third-party headers belong in src/platform'),
        ('src/text/x.c', '"platform/url.h"', 'text does not stand on platform'),
        ('src/text/x.c', '"account_sql.h"', 'text includes only generated texts'),
        ('src/matching/x.c', '"text/text.h"', 'matching does not stand on text'),
        ('src/matching/x.c', '<unistd.h>', 'matching does not face the operating system'),
        ('src/platform/db/x.c', '"features/first/first.h"', 'platform does not stand on features'),
        ('src/platform/db/x.c', '"matching/x.h"', 'platform does not stand on matching'),
        ('src/platform/db/x.c', '"test/unit.h"', 'only tests include test/'),
        ('src/features/first/first.c', '"features/second/second.h"', 'second stands after first'),
        ('src/features/second/second.c', '"features/third/third.h"', 'third does not stand in'),
        ('src/features/third/third.c', '"features/first/first.h"', 'third does not stand in'),
        ('src/features/second/second.c', '"features/first/first_pages.h"', 'belongs to the feature first'),
        ('src/features/second/second_pages.c', '"first_sql.h"', 'belongs to the feature first'),
        ('src/features/first/first.c', '"platform/http/page.h"', 'neither platform/http'),
        ('src/features/first/first.h', '"platform/html/html.h"', 'neither platform/http'),
        ('src/features/first/first.c', '"first_html.h"', 'knows neither pages nor HTML'),
        ('src/features/first/first.c', '"features/first/first_pages.h"', 'neither its pages nor its jobs'),
        ('src/features/first/first_pages.c', '<microhttpd.h>', 'third-party headers'),
        ('src/features/first/first.c', '"ui/ui.h"', 'neither platform/http'),
        ('src/ui/ui.c', '"features/first/first.h"', 'ui does not stand on features'),
        ('src/main.c', '<sqlite3.h>', 'third-party headers'),
        ('src/main.c', '"features/first/first_sql.h"', 'belongs to the feature first alone'),
    ]
    ALLOWED = [
        ('src/base/x.c', '"base/str.h"'),
        ('src/base/x.c', '<sys/random.h>'),
        ('src/base/x_test.c', '"test/unit.h"'),
        ('src/text/x.c', '"texts_enum.h"'),
        ('src/platform/db/x.c', '<sqlite3.h>'),
        ('src/platform/scope.h', '"ids.h"'),
        ('src/features/second/second.c', '"features/first/first.h"'),
        ('src/features/second/second.c', '"second_sql.h"'),
        ('src/features/second/second.c', '"matching/x.h"'),
        ('src/features/first/first_pages.c', '"platform/http/page.h"'),
        ('src/features/first/first_pages.c', '"first_html.h"'),
        ('src/features/first/first_test.c', '<cmocka.h>'),
        ('src/features/first/first_view.h', '"ui/ui.h"'),
        ('src/main.c', '"features/second/second.h"'),
    ]

    def test_refused(self):
        for path, line, message in self.REFUSED:
            with self.subTest(path=path, line=line):
                got = include(path, line)
                self.assertEqual(len(got), 1, got)
                self.assertIn(f'{path}:3: include: ', got[0])
                self.assertIn(message, got[0])

    def test_allowed(self):
        for path, line in self.ALLOWED:
            with self.subTest(path=path, line=line):
                self.assertEqual(include(path, line), [])

    def test_a_header_beside_the_file_is_known_by_its_place(self):
        files = {**ORDER, 'src/features/first/first_pages.h': HEAD,
                 'src/features/first/first.c': HEAD + '#include "first_pages.h"\n'}
        self.assertIn('neither its pages nor its jobs', findings(files)[0])


def function(lines):
    head = 'static int walk(int count,\n                int other) {\n'
    return head + '    count++;\n' * (lines - 3) + '}\n'


class ShapeTest(unittest.TestCase):
    def check(self, path, text, *wanted, **more):
        got = findings({path: text, **more.get('files', {})})
        self.assertEqual(len(got), len(wanted), got)
        for finding, part in zip(got, wanted):
            self.assertIn(part, finding)

    def test_function_length(self):
        self.check('src/base/x.c', HEAD + function(60))
        self.check('src/base/x.c', HEAD + function(61), 'src/base/x.c:3: function: 61 lines')
        self.check('src/base/x.c', HEAD + function(101), 'function-hard: 101 lines')
        table = 'static const int table[] = {\n' + '    1,\n' * 200 + '};\n'
        self.check('src/base/x.c', HEAD + table + function(10))

    def test_file_and_line_length(self):
        self.check('src/base/x.c', HEAD + 'int x;\n' * 598)
        self.check('src/base/x.c', HEAD + 'int x;\n' * 599, 'file: 601 lines')
        self.check('src/base/x.c', HEAD + '/* ' + 'x' * 104 + ' */\n')
        self.check('src/base/x.c', HEAD + '/* ' + 'x' * 105 + ' */\n', 'x.c:3: line: 111 columns')

    def test_head_and_ascii(self):
        self.check('src/base/x.c', '/* A file. */\n', 'spdx')
        self.check('src/base/x.c', HEAD.split('\n')[0] + '\nint x;\n', 'sentence')
        self.check('tools/x.py', '#!/usr/bin/python3\n# SPDX-License-Identifier: Apache-2.0\n"""A tool."""\n')
        self.check('src/schema/x.sql', 'CREATE TABLE x (y INTEGER);\n', 'spdx')
        self.check('src/base/x.c', HEAD + '/* ma\u00f1ana */\n', 'x.c:3: ascii')

    def test_what_writes_is_not_printed(self):
        self.check('src/base/x.c', HEAD + 'f("%.*s", STR_ARGS(word(a, b)), tx);\n')
        self.check('src/base/x.c', HEAD + 'f("%.*s",\n  STR_ARGS(take(scope,\n tx, (a))));\n', 'x.c:4: twice')

    def test_exceptions(self):
        listed = 'tools/lint_exceptions.txt'
        text = HEAD + function(70)
        self.check('src/base/x.c', text, files={listed: 'function src/base/x.c one table of cases\n'})
        self.check('src/base/x.c', HEAD, 'no longer needed', files={listed: 'function src/base/x.c why\n'})
        self.check('src/base/x.c', text, 'needs a rule', 'function: 70',
                   files={listed: 'function src/base/x.c\n'})
        self.check('src/base/x.c', HEAD + function(101), 'function-hard', 'no longer needed',
                   files={listed: 'function src/base/x.c too long by far\n'})


class WordTest(unittest.TestCase):
    def test_po(self):
        text = ('msgid "client"\nmsgstr "a person"\n\nmsgid "x"\nmsgstr ""\n"our Clients"\n\n'
                'msgid "case"\nmsgstr "ok"\n')
        self.assertEqual(findings({'src/text/en.po': text}),
                         ['src/text/en.po:6: word: "Clients" is not a word we use'])
        self.assertEqual(findings({'src/text/es.po': 'msgid "x"\nmsgstr "la gestora (case manager)"\n'}), [])
        self.assertEqual(len(findings({'src/text/es.po': 'msgid "x"\nmsgstr[1] "los pacientes"\n'})), 1)

    def test_html(self):
        commands = '<p>\n{% case x %}{{ client }}</p>\n<!-- case -->\n'
        self.assertEqual(findings({'src/ui/x.html': commands}), [])
        self.assertEqual(findings({'src/ui/x.html': '{%\n%}<p>High-risk</p>\n'}),
                         ['src/ui/x.html:2: word: "High-risk" is not a word we use'])


if __name__ == '__main__':
    unittest.main()
