"""A self-made certificate, and PDFs signed with it."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

SIGNER = "Nguyễn Văn Hòa"
ORGANISATION = "Ủy ban nhân dân thành phố Rạch Giá"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


@cache
def signer() -> signers.SimpleSigner:
    """Key and certificate of a made-up official."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, SIGNER),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, ORGANISATION),
        ]
    )
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=2))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    with TemporaryDirectory() as folder:
        key_file, certificate_file = Path(folder, "key.pem"), Path(folder, "certificate.pem")
        plain = serialization.NoEncryption()
        key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        loaded = signers.SimpleSigner.load(str(key_file), str(certificate_file))
    assert loaded is not None
    return loaded


def sign(data: bytes, field: str = "Signature1") -> bytes:
    """The PDF with one signature more."""
    out = BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), meta, signer=signer(), output=out)
    return out.getvalue()


def born_digital(lines: list[str], pages: int = 1) -> bytes:
    """A PDF with a text layer."""
    pdfmetrics.registerFont(TTFont("Liberation", str(FONT)))
    out = BytesIO()
    paper = canvas.Canvas(out, pagesize=(595, 842))
    for _ in range(pages):
        paper.setFont("Liberation", 11)
        for n, line in enumerate(lines):
            paper.drawString(70, 780 - 18 * n, line)
        paper.showPage()
    paper.save()
    return out.getvalue()
