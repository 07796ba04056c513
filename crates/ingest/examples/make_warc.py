"""Makes a web archive like those of CC-NEWS from saved pages: a gzip member a record, with request and response.

    python3 make_warc.py PAGES TRUTH OUT.warc.gz MEGABYTES

PAGES is a folder of `NAME.html.gz`, TRUTH a JSON object with the `url` of each name. The pages are repeated, each time at
another address, until the records have MEGABYTES in all before compression. The headers are those that news sites send;
every fifth response is in chunks, every seventh compressed once more, as some crawlers leave them.
"""

import gzip
import json
import pathlib
import sys
import uuid


def record(kind: str, url: str, content: str, block: bytes) -> bytes:
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url}")
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-11-23T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{identifier}>\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def answer(page: bytes, number: int) -> bytes:
    headers = [
        "HTTP/1.1 200 OK", "Date: Mon, 23 Nov 2026 10:00:00 GMT", "Content-Type: text/html; charset=utf-8", "Connection: keep-alive",
        "Server: nginx", "Vary: Accept-Encoding", "Cache-Control: max-age=60, public", "X-Cache: HIT", "Strict-Transport-Security: max-age=31536000",
    ]
    if number % 7 == 0:
        page = gzip.compress(page, 6)
        headers.append("Content-Encoding: gzip")
    if number % 5 == 0:
        parts = [page[at : at + 8192] for at in range(0, len(page), 8192)]
        page = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"
        headers.append("Transfer-Encoding: chunked")
    else:
        headers.append(f"Content-Length: {len(page)}")
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + page


def main() -> None:
    pages, truth, out, megabytes = sys.argv[1:5]
    urls = {name: entry["url"] for name, entry in json.loads(pathlib.Path(truth).read_text()).items()}
    saved = [(urls[path.name.split(".")[0]], gzip.decompress(path.read_bytes())) for path in sorted(pathlib.Path(pages).glob("*.html.gz"))]
    number = written = 0
    with open(out, "wb") as file:
        file.write(gzip.compress(record("warcinfo", "", "application/warc-fields", b"software: make_warc\r\n")))
        while written < int(megabytes) << 20:
            url, page = saved[number % len(saved)]
            url = f"{url}?copy={number // len(saved)}"
            # Other bytes each time, so that no two pages are the same.
            page = page.replace(b"<head>", f"<head><!-- {number} -->".encode(), 1)
            request = f"GET {url} HTTP/1.1\r\nUser-Agent: bench\r\n\r\n".encode()
            response = record("response", url, "application/http; msgtype=response", answer(page, number))
            file.write(gzip.compress(record("request", url, "application/http; msgtype=request", request), 1))
            file.write(gzip.compress(response, 1))
            written += len(response)
            number += 1
    print(f"{number} pages, {written >> 20} MB of records, {pathlib.Path(out).stat().st_size >> 20} MB on disk")


main()
