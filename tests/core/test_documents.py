"""Stored bytes stay what they were; a PDF reads nothing but our own static files (T21, T28)."""

import hashlib
import os
import socket
import stat
import threading
from pathlib import Path

import pytest
from django.conf import settings

from bpv.core import documents, pdf
from bpv.core.models import Document

CONTENT = b"%PDF-1.7 een POK"


def stored(**fields) -> Document:
    return documents.store(CONTENT, filename="pok.pdf", media_type="application/pdf", by=None, **fields)


@pytest.mark.django_db
class TestStore:
    def test_bytes_come_back_unchanged(self):
        document = stored()
        assert (documents.read(document), document.sha256) == (CONTENT, hashlib.sha256(CONTENT).hexdigest())

    def test_same_bytes_lie_once_on_disk(self):
        first, second = stored(), stored()
        assert first.pk != second.pk
        assert documents.path_of(first.sha256) == documents.path_of(second.sha256)

    def test_file_is_read_only_and_nothing_half_lies_beside_it(self):
        path = documents.path_of(stored().sha256)
        assert (stat.S_IMODE(path.stat().st_mode), os.listdir(path.parent)) == (0o440, [path.name])

    def test_damaged_bytes_are_not_given(self):
        document = stored()
        path = documents.path_of(document.sha256)
        path.chmod(0o640)
        path.write_bytes(CONTENT + b" ")
        with pytest.raises(documents.DamagedDocument):
            documents.read(document)

    def test_bytes_are_there_before_the_row(self, monkeypatch):
        def no_row(**_fields):
            assert documents.path_of(hashlib.sha256(CONTENT).hexdigest()).read_bytes() == CONTENT
            raise RuntimeError

        monkeypatch.setattr(Document.objects, "create", no_row)
        with pytest.raises(RuntimeError):
            stored()


def page(body: str) -> str:
    return f'<html lang="nl"><head><title>t</title></head><body>{body}</body></html>'


class TestPdf:
    def test_pdf_of_a_page(self):
        assert pdf.make(page("<p>Praktijkovereenkomst</p>"))[:5] == b"%PDF-"

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "../../manage.py",
            "http://127.0.0.1:9/x.png",
            "ftp://127.0.0.1/x.png",
            "//127.0.0.1:9/x.png",
            f"file://{settings.BASE_DIR}/static/../manage.py",
            f"file://{settings.BASE_DIR}/static/%2e%2e/manage.py",
        ],
        ids=["passwd", "relative", "http", "ftp", "no-scheme", "dots", "quoted-dots"],
    )
    @pytest.mark.parametrize(
        "tag",
        ['<img alt="" src="{url}">', '<a rel="attachment" href="{url}">x</a>', '<link rel="stylesheet" href="{url}">'],
        ids=["picture", "attachment", "style"],
    )
    def test_t28_nothing_outside_static_is_read(self, url, tag):
        try:
            made = pdf.make(page(tag.format(url=url)))
        except ValueError:
            return
        assert b"root:" not in made
        assert b"EmbeddedFile" not in made

    def test_t28_no_network_is_touched(self):
        hits = []
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.5)
            port = server.getsockname()[1]

            def listen() -> None:
                try:
                    hits.append(server.accept()[1])
                except TimeoutError:
                    pass

            listener = threading.Thread(target=listen)
            listener.start()
            try:
                pdf.make(page(f'<img alt="" src="http://127.0.0.1:{port}/x.png">'))
            except ValueError:
                pass
            listener.join()
        assert hits == []

    def test_control_own_picture_is_read(self):
        url = (Path(settings.BASE_DIR) / "static/img/favicon.svg").as_uri()
        assert pdf.make(page(f'<img alt="" src="{url}">'))[:5] == b"%PDF-"

    def test_t28_link_out_of_static_is_not_followed(self, tmp_path, monkeypatch):
        (tmp_path / "static").mkdir()
        (tmp_path / "secret.svg").write_text("<svg/>")
        (tmp_path / "static" / "link.svg").symlink_to(tmp_path / "secret.svg")
        monkeypatch.setattr(pdf, "STATIC", tmp_path / "static")
        with pytest.raises(ValueError, match="not allowed"):
            pdf.PackagedOnly().fetch((tmp_path / "static" / "link.svg").as_uri())
