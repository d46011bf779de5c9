#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Packs the style sheet, the scripts and the pictures of src/ui/ into a C table with content-hashed addresses.

    assets.py SOURCE_DIR CACHE_DIR OUT.h OUT.c DEPFILE

SOURCE_DIR is src/. The slow step (npm, sass, purge) is kept in CACHE_DIR under the hash of all that goes into it,
so every build folder shares one result and a change of C code never starts it.
"""
import fcntl
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
HASH_LENGTH = 10
BUILT = ("app.css", "app.js", "phone.js")
WORKER = "/worker.js"  # a worker's scope is the folder of its address, and it is asked for by that address for good
BYTES_PER_LINE = 20


class Failure(Exception):
    """A sentence for whoever builds."""


def sources(source):
    """(the files that shape the sheet and the script, the folders they live in), sorted."""
    ui = os.path.join(source, "ui")
    files = [os.path.join(ui, name) for name in ("package.json", "package-lock.json", "theme.scss", "build.mjs",
                                                 "README.md")]
    folders = []
    for folder, inner, names in os.walk(source):
        inner[:] = sorted(name for name in inner if name != "node_modules")
        folders.append(folder)
        is_part = folder in (os.path.join(ui, "css"), os.path.join(ui, "js"))
        files += [os.path.join(folder, name) for name in names if is_part or name.endswith((".html", ".js"))]
    return sorted(files), folders


def hash_of(files, base):
    digest = hashlib.sha256()
    for path in files:
        with open(path, "rb") as file:
            content = file.read()
        digest.update(f"{os.path.relpath(path, base)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def run(command, folder, what):
    try:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except FileNotFoundError:
        raise Failure(f"{command[0]} is needed to {what}; script/setup installs it") from None
    if done.returncode != 0:
        tail = "\n".join(done.stdout.decode("utf-8", "replace").strip().splitlines()[-12:])
        raise Failure(f"could not {what}: {command[0]} said\n{tail}")


def install(ui, lock_hash):
    """The packages of package-lock.json, unless these very ones are there."""
    mark = os.path.join(ui, "node_modules", ".installed-for")
    if os.path.exists(mark) and open(mark, encoding="ascii").read() == lock_hash:
        return
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], ui, "install the packages of the style sheet")
    with open(mark, "w", encoding="ascii") as file:
        file.write(lock_hash)


def made(source, cache, files):
    """The folder with the sheet and the scripts for these sources; made when the cache has none."""
    os.makedirs(cache, exist_ok=True)
    result = os.path.join(cache, hash_of(files, source)[:32])
    with open(os.path.join(cache, "lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.isdir(result):
            return result
        ui = os.path.join(source, "ui")
        install(ui, hash_of([os.path.join(ui, "package-lock.json")], source))
        fresh = tempfile.mkdtemp(dir=cache)
        templates = [path for path in files if path.endswith(".html")]
        run(["node", "build.mjs", fresh] + templates, ui, "build the style sheet")
        old = [entry for entry in os.scandir(cache) if entry.is_dir() and entry.path != fresh]
        for entry in sorted(old, key=lambda entry: entry.stat().st_mtime)[:-4]:
            shutil.rmtree(entry.path)
        os.rename(fresh, result)
    return result


def brotli(content):
    try:
        return subprocess.run(["brotli", "-q", "11", "-c"], input=content, stdout=subprocess.PIPE, check=True).stdout
    except FileNotFoundError:
        raise Failure("brotli is needed to pack the style sheet; script/setup installs it") from None


def c_array(name, content):
    lines = [", ".join(f"{byte}" for byte in content[at:at + BYTES_PER_LINE])
             for at in range(0, len(content), BYTES_PER_LINE)]
    return f"static const unsigned char {name}[] = {{\n    " + ",\n    ".join(lines) + ",\n};\n"


def content_of(path):
    with open(path, "rb") as file:
        return file.read()


def pack(name, content, address=None):
    """(name, C name, address, type, bytes, gzip, brotli) of one file."""
    stem, ending = os.path.splitext(name)
    address = address or f"/assets/{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{ending}"
    # Python's gzip writes no time when told so: the same input makes the same program.
    return (name, name.replace(".", "_").replace("-", "_"), address, TYPES[ending], content,
            gzip.compress(content, 9, mtime=0), brotli(content))


def manifest(content, assets):
    """The manifest with the addresses of the pictures that it names."""
    for name, _, address, *_ in assets:
        content = content.replace(f'"{name}"'.encode(), f'"{address}"'.encode())
    return content


def worker(content, assets):
    """The worker, told what to keep: other bytes whenever one of these has changed."""
    return f"const assets={json.dumps([address for _, _, address, *_ in assets])};\n".encode() + content


def header(assets):
    lines = ["/* Made by tools/assets.py: the addresses of what src/ui/ serves. */", "#ifndef ASSETS_H",
             "#define ASSETS_H", "", '#include "platform/http/asset.h"', ""]
    lines += [f'#define ASSET_{c_name.upper()} STR("{address}")' for _, c_name, address, *_ in assets]
    return "\n".join(lines + ["", "#endif", ""])


def table(assets):
    parts = ['/* Made by tools/assets.py: the files of src/ui/, as they are and compressed. */\n#include "assets.h"\n']
    rows = []
    for _, c_name, address, kind, content, zipped, packed in assets:
        parts += [c_array(f"{c_name}_bytes", content), c_array(f"{c_name}_gzip", zipped),
                  c_array(f"{c_name}_brotli", packed)]
        rows.append(f'    {{.path = "{address}",\n     .type = "{kind}",\n     .bytes = {c_name}_bytes,\n'
                    f"     .gzip = {c_name}_gzip,\n     .brotli = {c_name}_brotli,\n"
                    f"     .length = sizeof {c_name}_bytes,\n     .gzip_length = sizeof {c_name}_gzip,\n"
                    f"     .brotli_length = sizeof {c_name}_brotli}},")
    parts.append("const Asset asset_items[] = {\n" + "\n".join(rows) + "\n};\n"
                 f"const size_t asset_count = {len(assets)};\n")
    return "\n".join(parts)


def keep(path, text):
    """Writes only what is new, so that nothing is compiled again for nothing."""
    if os.path.exists(path) and open(path, encoding="ascii").read() == text:
        os.utime(path)
        return
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def main(source, cache, ret_header, ret_table, depfile):
    source = os.path.abspath(source)
    files, folders = sources(source)
    built = made(source, os.path.abspath(cache), files)
    ui = os.path.join(source, "ui")
    pictures = sorted(os.path.join(ui, name) for name in os.listdir(ui) if name.endswith(".svg"))
    plain = pictures + [os.path.join(ui, "app.webmanifest")]
    kept = [pack(os.path.basename(path), content_of(path))
            for path in pictures + [os.path.join(built, name) for name in BUILT]]
    assets = sorted(kept + [pack("app.webmanifest", manifest(content_of(plain[-1]), kept)),
                            pack("worker.js", worker(content_of(os.path.join(built, "worker.js")), kept), WORKER)],
                    key=lambda asset: asset[2])
    keep(ret_header, header(assets))
    keep(ret_table, table(assets))
    with open(depfile, "w", encoding="utf-8") as file:
        needed = " ".join(path.replace(" ", "\\ ") for path in files + folders + plain)
        file.write(f"{ret_header} {ret_table}: {needed}\n")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Failure as failure:
        sys.exit(f"assets: {failure}")
