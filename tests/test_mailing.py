"""The digest by mail, to a real SMTP server on this machine: once a day, with TLS and log-in, and without it the night goes on."""

import ipaddress
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.conftest import Said
from tests.papers import letter
from vanthu.pipeline import mailing, night, run
from vanthu.sections import Mail
from vanthu.settings import CHECKOUT, Settings, load


class Box:
    """What the server has taken; it can be told to refuse, and to be slow."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refuses: tuple[str, ...] = ()
        self.slow = 0.0
        self.users: list[str] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        time.sleep(self.slow)
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        self.users.append(data.login.decode())
        return AuthResult(success=(data.login, data.password) == (b"vanthu", b"mat khau"))


class Server(Controller):
    """A server on a free port; `tls` a certificate, `strict`: STARTTLS and log-in are asked for; `whole`: TLS from the first byte."""

    def __init__(self, box: Box, tls: ssl.SSLContext | None = None, *, strict: bool = False, whole: bool = False) -> None:
        self.tls, self.strict, self.box = tls, strict, box
        super().__init__(box, hostname="127.0.0.1", port=0, ready_timeout=20, ssl_context=tls if whole else None)

    def factory(self) -> SMTP:
        more = {"tls_context": self.tls, "require_starttls": True, "authenticator": self.box.authenticate, "auth_required": True}
        return SMTP(self.box, **(more if self.strict else {}))

    def _trigger_server(self) -> None:
        """The port is known only now; the first caller makes the server ready."""
        self.port = self.server.sockets[0].getsockname()[1]
        with socket.create_connection(("127.0.0.1", self.port)) as caller:
            if self.ssl_context:
                ssl._create_unverified_context().wrap_socket(caller).close()


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[Server]:
    made = Server(box)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """(the certificate's file, the server's end) for 127.0.0.1."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=2))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    made = builder.sign(key, hashes.SHA256())
    path = tmp_path / "ca.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, tmp_path / "key.pem")
    return path, context


def reaching(office: Settings, port: int, **more: Any) -> Settings:
    given: dict[str, Any] = {"host": "127.0.0.1", "port": port, "sender": "vanthu@ubnd.vn", "to": ("an@ubnd.vn", "binh@ubnd.vn")} | more
    return replace(office, mail=Mail(**given))


def test_the_digest_goes_out_once_a_day(office: Settings, box: Box, server: Server) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    chosen = reaching(office, server.port)
    told = night.summarise(chosen)
    assert [mailing.send(chosen, told).state for _ in range(3)] == ["sent", "already", "already"]
    (mail,) = box.mails
    assert mail["Subject"] == "Văn thư 08/3/2024: 0 việc quá hạn, 0 đến hạn hôm nay, 1 văn bản mới"
    assert (mail["From"], mail["To"]) == ("vanthu@ubnd.vn", "an@ubnd.vn, binh@ubnd.vn")
    assert "221/UBND-NV" in mail.get_body(("plain",)).get_content()
    assert "<table>" in mail.get_body(("html",)).get_content()
    tomorrow = replace(chosen, fixed_today=chosen.today + timedelta(days=1))
    assert mailing.send(tomorrow, night.summarise(tomorrow)).state == "sent"
    assert mailing.send(chosen, told, again=True).state == "sent"
    assert len({mail["Message-ID"] for mail in box.mails}) == 3


def test_a_secret_document_is_not_in_it(office: Settings, box: Box, server: Server) -> None:
    letter(office.inbox / "a.docx", code="77/UBND-NC", secrecy="MẬT", body="1. Phòng Nội vụ báo cáo việc kín trước ngày 10/3/2024./.")
    letter(office.inbox / "b.docx")
    run.intake(office)
    chosen = reaching(office, server.port)
    mailing.send(chosen, night.summarise(chosen))
    (mail,) = box.mails
    written = mail.as_string() + "".join(path.read_text(encoding="utf-8") for path in office.outputs.glob("digest/*"))
    written += mail.get_body(("plain",)).get_content() + (office.outputs / "deadlines.ics").read_text(encoding="utf-8")
    assert "221/UBND-NV" in written
    assert "77/UBND-NC" not in written
    assert "việc kín" not in written


def test_starttls_and_log_in(office: Settings, box: Box, certificate: tuple[Path, ssl.SSLContext], tmp_path: Path) -> None:
    (tmp_path / "password").write_text("mat khau\n", encoding="utf-8")
    made = Server(box, certificate[1], strict=True)
    made.start()
    try:
        given = {"security": "starttls", "user": "vanthu", "password_file": str(tmp_path / "password"), "ca_file": str(certificate[0])}
        chosen = reaching(office, made.port, **given)
        assert mailing.send(chosen, night.digest_of(chosen)) == mailing.Mailed("sent")
        assert box.users == ["vanthu"]
        stranger = reaching(office, made.port, **given | {"ca_file": ""})
        assert "certificate" in mailing.send(stranger, night.digest_of(stranger), again=True).error
        (tmp_path / "password").write_text("sai", encoding="utf-8")
        assert mailing.send(chosen, night.digest_of(chosen), again=True).state == "failed"
        (tmp_path / "password").unlink()
        assert "không đọc được tệp mật khẩu" in mailing.send(chosen, night.digest_of(chosen), again=True).error
    finally:
        made.stop()
    assert len(box.mails) == 1


def test_tls_from_the_start(office: Settings, box: Box, certificate: tuple[Path, ssl.SSLContext]) -> None:
    made = Server(box, certificate[1], whole=True)
    made.start()
    try:
        chosen = reaching(office, made.port, security="tls", ca_file=str(certificate[0]))
        assert mailing.send(chosen, night.digest_of(chosen)).state == "sent"
    finally:
        made.stop()


def test_whom_the_server_refuses_is_said_and_the_others_get_it(office: Settings, box: Box, server: Server) -> None:
    box.refuses = ("an@ubnd.vn",)
    chosen = reaching(office, server.port)
    assert mailing.send(chosen, night.digest_of(chosen)) == mailing.Mailed("sent", "máy chủ không nhận: an@ubnd.vn")
    box.refuses = ("an@ubnd.vn", "binh@ubnd.vn")
    assert mailing.send(chosen, night.digest_of(chosen), again=True).state == "failed"


def test_a_server_that_fails_is_told_and_tried_again(office: Settings, box: Box, server: Server, vanthu: Callable[..., Said]) -> None:
    (office.outputs.parent / "vanthu.toml").write_text(
        '[mail]\nhost = "127.0.0.1"\nport = 1\nsender = "a@b.vn"\nto = "c@d.vn"\n', encoding="utf-8"
    )
    said = vanthu("digest", "--mail")
    assert said.code == 7
    assert "Không gửi được thư tóm tắt ngày 08/3/2024" in said.err
    assert "TÓM TẮT VĂN THƯ" in said.out
    assert any("Không gửi được thư" in line for line in vanthu("check").out.splitlines())
    (office.outputs.parent / "vanthu.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsender = "a@b.vn"\nto = "c@d.vn"\n', encoding="utf-8"
    )
    assert vanthu("digest", "--mail").code == 0
    assert "đã gửi trước đó" in vanthu("digest", "--mail").err
    assert len(box.mails) == 1
    assert "Không gửi" not in vanthu("check").out


def test_a_damaged_memory_is_none(office: Settings, box: Box, server: Server) -> None:
    chosen = reaching(office, server.port)
    (chosen.outputs / "digest").mkdir(parents=True)
    (chosen.outputs / "digest" / "mailed.json").write_text("[", encoding="utf-8")
    assert mailing.send(chosen, night.digest_of(chosen)).state == "sent"


def test_without_a_server_nothing_is_sent(office: Settings, vanthu: Callable[..., Said]) -> None:
    assert mailing.send(office, night.digest_of(office)).state == "off"
    assert vanthu("digest").code == 0
    assert vanthu("digest", "--mail").code == 2


def test_killed_while_it_is_handed_over_it_goes_out_again_under_the_same_name(office: Settings, box: Box, server: Server) -> None:
    """Mail systems take the second one for the first; nothing is lost, and nobody reads it twice."""
    toml = f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsender = "a@b.vn"\nto = "c@d.vn"\n'
    (office.outputs.parent / "vanthu.toml").write_text(toml, encoding="utf-8")
    box.slow = 3.0
    command = [sys.executable, "-m", "vanthu", "digest", "--mail"]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    child = subprocess.Popen(command, cwd=office.outputs.parent, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not box.mails and time.monotonic() < end:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    box.slow = 0.0
    remembered = json.loads((office.outputs / "digest" / "mailed.json").read_text(encoding="utf-8"))
    assert remembered["2024-03-08"]["state"] == "sending"
    chosen = load(folder=office.outputs.parent)
    told = night.digest_of(chosen)
    assert [mailing.send(chosen, told).state for _ in range(2)] == ["sent", "already"]
    assert len(box.mails) == 2
    assert len({mail["Message-ID"] for mail in box.mails}) == 1
