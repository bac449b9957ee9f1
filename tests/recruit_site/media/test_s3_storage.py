"""Pictures in an S3-compatible store: the real client against a small store of the tests, with files in memory."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.files.storage import storages

from tests import factories


class Store(BaseHTTPRequestHandler):
    """The part of S3 that pictures need: it keeps the body and headers of each PUT under its path."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        self.server.files[self.path] = self.rfile.read(int(self.headers["Content-Length"])), dict(self.headers)
        self.answer(200)

    def do_GET(self):
        body, _headers = self.server.files.get(self.path, (None, None))
        self.answer(404 if body is None else 200, body or b"")

    do_HEAD = do_GET

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"tag"')
        self.send_header("Last-Modified", "Sun, 22 Nov 2026 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def files(settings, monkeypatch):
    """The files of the store: {path: (content, headers of the PUT)}."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        server.files = {}
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        options = {"bucket_name": "pictures", "endpoint_url": f"http://127.0.0.1:{server.server_port}"}
        backend = {"BACKEND": "recruit_site.media.s3_storage.BucketStorage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"default": backend}
        yield server.files
        server.shutdown()


@pytest.fixture
def picture(files, db):
    return factories.picture()


def test_picture_and_its_renditions_are_kept_in_the_store(files, picture):
    stored_names = {path.removeprefix("/pictures/") for path in files}
    names = {address.split(" ")[0].removeprefix("/media/") for address in picture.whole.srcset.split(", ")}
    assert {picture.file.name} | names <= stored_names


def test_page_shows_the_same_addresses_as_from_a_folder_and_the_site_serves_them(client, files, picture):
    src = picture.portrait.src
    response = client.get(src)
    assert src.startswith("/media/pictures/")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    content, _headers = files[f"/pictures/{src.removeprefix('/media/')}"]
    assert response["Content-Length"] == str(len(content))
    assert response.getvalue() == content


def test_store_is_told_that_a_picture_never_changes_and_what_it_is(files, picture):
    _content, headers = files[f"/pictures/{picture.file.name}"]
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "image/jpeg"


def test_picture_that_the_store_does_not_hold_is_not_found(client, files, picture):
    gone = picture.portrait.src
    files.clear()
    assert client.get(gone).status_code == 404


def test_another_server_may_serve_the_store(settings, files):
    settings.MEDIA_URL = "https://pictures.recruit.example.go.jp/"
    assert storages["default"].url("pictures/a b.jpg") == "https://pictures.recruit.example.go.jp/pictures/a%20b.jpg"
