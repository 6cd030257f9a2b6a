"""The mailbox as a second inbox, against a real dovecot: each message once, killed anywhere in between, nothing marked as read."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.dovecot import PASSWORD, SERVER, USER, Server, running
from tests.papers import letter
from tests.test_parcels import only, roles, sheet
from vanthu.errors import Broken, VanthuError, WrongUse
from vanthu.pipeline import mailbox, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.readers import message
from vanthu.readers.kinds import kind_of
from vanthu.register import messages
from vanthu.sections import Mailbox
from vanthu.settings import Settings

pytestmark = pytest.mark.slow


def mail(*files: Path, number: str = "1", text: str = "Kính gửi quý cơ quan") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = "snv@kiengiang.example", "vanthu@phuong.example", f"<{number}@snv.example>"
    made["Subject"] = "V/v báo cáo"
    made.set_content(text)
    for file in files:
        made.add_attachment(file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name)
    return made


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Server]:
    if not Path(SERVER).exists():
        pytest.fail("dovecot-imapd is not installed (make setup-dev)")
    home = Path(tempfile.mkdtemp(prefix="dv", dir="/tmp"))
    with running(home) as server:
        yield server
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def served(office: Settings, dovecot: Server, tmp_path: Path) -> Settings:
    """An office whose mailbox is empty."""
    password = tmp_path / "mat-khau"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    for message_file in (dovecot.home / "mail" / "Maildir").rglob("*"):
        if message_file.parent.name in ("new", "cur"):
            message_file.unlink()
    box = Mailbox("127.0.0.1", dovecot.port, "none", USER, str(password))
    return replace(office, mailbox=box, quiet=0)


def test_a_message_is_taken_in_with_its_attachments_and_kept_as_their_source(served: Settings, dovecot: Server, tmp_path: Path) -> None:
    dovecot.send(mail(letter(tmp_path / "221 UBND.pdf"), sheet(tmp_path / "221 UBND_phụ lục.xlsx")), mail(number="2"))
    assert mailbox.fetch(served) == mailbox.Fetched(taken=1, empty=1)
    assert dovecot.unseen() == 2  # others who read the mailbox see what is new to them
    summary = run.intake(served)
    assert summary.count("rejected") == 0 and summary.count("registered") == 1
    shown = only(served)
    assert shown["record"]["code"] == "221/UBND-NV"
    kinds = roles(shown)
    assert kinds["221 UBND.pdf"] == "main" and kinds["221 UBND_phụ lục.xlsx"] == "attached"
    (source,) = [file for file in shown["files"] if file["role"] == "archive"]
    assert source["name"].endswith(".eml") and b"<1@snv.example>" in Path(source["kept"]).read_bytes()
    assert mailbox.fetch(served) == mailbox.Fetched() and run.intake(served).outcomes == []
    assert faults(Place(served)) == []


def test_the_same_message_by_another_way_is_known_and_a_forged_id_hides_nothing(served: Settings, dovecot: Server, tmp_path: Path) -> None:
    first = mail(letter(tmp_path / "a.pdf"))
    again = b"Received: from elsewhere\n" + first.as_bytes()
    forged = mail(letter(tmp_path / "b.pdf", code="9/SNV-TC"))
    dovecot.send(first, again, forged)
    assert mailbox.fetch(served) == mailbox.Fetched(taken=2, known=1)
    run.intake(served)
    codes = {line["code"] for line in Place(served).register.entries(state="registered")}
    assert codes == {"221/UBND-NV", "9/SNV-TC"}


@pytest.mark.parametrize("where", ["before", "put", "noted"])
def test_killed_in_between_it_is_registered_once(
    served: Settings, dovecot: Server, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.send(mail(letter(tmp_path / "a.pdf")))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if where == "before":
            patched.setattr(os, "fsync", killed)
        if where == "put":
            patched.setattr(messages, "note", killed)
        if where == "noted":
            assert mailbox.fetch(served).taken == 1
        else:
            with pytest.raises(KeyboardInterrupt):
                mailbox.fetch(served)
    if where == "put":
        run.intake(served)  # the watcher was faster than the next look
    mailbox.fetch(served)
    run.intake(served)
    assert only(served)["record"]["code"] == "221/UBND-NV" and mailbox.fetch(served) == mailbox.Fetched()
    assert len(Place(served).register.entries()) == 1 and not list(served.inbox.rglob("*.eml"))


def test_a_secret_attachment_takes_its_message_along(served: Settings, dovecot: Server, tmp_path: Path) -> None:
    dovecot.send(mail(letter(tmp_path / "a.pdf", code="77/ZQX", secrecy="MẬT"), text="về việc ZQXMAT"))
    mailbox.fetch(served)
    run.intake(served)
    assert roles(only(served, secret=True))["a.pdf"] == "main"
    ordinary = b"".join(
        path.read_bytes() for path in served.outputs.rglob("*") if path.is_file() and "mat" not in path.relative_to(served.outputs).parts
    )
    assert b"ZQX" not in ordinary and b"snv.example" not in ordinary
    assert Place(served).register.runs()[0]["registered"] == 0


def test_what_is_wrong_is_said(served: Settings, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        mailbox.fetch(replace(served, mailbox=Mailbox()))
    (tmp_path / "sai").write_text("sai", encoding="utf-8")
    for wrong in (
        replace(served.mailbox, password_file=str(tmp_path / "sai")),
        replace(served.mailbox, password_file=str(tmp_path / "khong-co")),
        replace(served.mailbox, folder="Không có"),
        replace(served.mailbox, port=1),
        replace(served.mailbox, security="tls"),
    ):
        with pytest.raises(VanthuError, match=r"127\.0\.0\.1"):
            mailbox.fetch(replace(served, mailbox=wrong))


def test_pictures_of_the_text_and_signatures_are_no_attachments(tmp_path: Path) -> None:
    made = mail(letter(tmp_path / "Công văn số 5.pdf"))
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", disposition="inline", cid="<logo@x>", filename="logo.png")
    made.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert [name for name, _ in message.attachments(made.as_bytes())] == ["Công văn số 5.pdf"]
    assert message.attachments(mail().as_bytes()) == []


def test_names_stay_names(tmp_path: Path) -> None:
    made = mail()
    for name in ("../../etc/passwd", "C:\\x\\y.pdf", "a\r\nb.pdf"):
        made.add_attachment(b"x", maintype="application", subtype="pdf", filename=name.replace("\r\n", " "))
    assert [name for name, _ in message.attachments(made.as_bytes())] == ["passwd", "y.pdf", "a b.pdf"]


@pytest.mark.parametrize(
    "raw", [b"", b"\x00" * 100, b"Content-Type: multipart/mixed; boundary=", b"Content-Type: a/b; charset=\xff\n\n\xff"]
)
def test_broken_messages_end_as_words(raw: bytes) -> None:
    with suppress(Broken):
        assert isinstance(message.attachments(raw), list)


def test_a_message_is_told_from_a_text(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(mail().as_bytes())
    (tmp_path / "b").write_text("Kính gửi: Sở Nội vụ\nSố: 5/SNV", encoding="utf-8")
    (tmp_path / "c").write_bytes(b"X-Long: " + b"y" * 3000 + b"\nMIME-Version: 1.0\n\nx")
    assert [kind_of(tmp_path / name) for name in "abc"] == ["message", "unknown", "message"]
