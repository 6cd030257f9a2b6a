"""Odd files as offices and scanners make them, each with what must become of it.

`OUTCOMES` of a file: `registered`, with the note that its entry must bear after a colon (none: no note); `rejected` with the reason;
`attached`; `duplicate`; `waiting` (still being written); `ignored` (left where it lies, said nowhere).
"""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from docx import Document as Docx
from openpyxl import Workbook
from papers import letter
from PIL import Image
from signing import born_digital, sign

ODD: dict[str, tuple[str, Callable[[int], bytes]]] = {}
"""Name → outcome and maker; the maker is given the number of the file, so that no two are the same."""

Maker = Callable[[int], bytes]


def odd(name: str, outcome: str) -> Callable[[Maker], Maker]:
    def take(maker: Maker) -> Maker:
        assert name not in ODD
        ODD[name] = (outcome, maker)
        return maker

    return take


def text(number: int) -> list[str]:
    return [
        "ỦY BAN NHÂN DÂN                              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "THÀNH PHỐ RẠCH GIÁ                                Độc lập - Tự do - Hạnh phúc",
        f"Số: {number}/UBND-NV                              Rạch Giá, ngày 06 tháng 3 năm 2024",
        "Kính gửi: Thủ trưởng các phòng, ban, ngành thành phố",
        "Đề nghị các phòng, ban, ngành thành phố báo cáo kết quả thực hiện dân chủ ở cơ sở trước ngày 22/5/2024.",
    ]


def pdf(number: int, pages: int = 1) -> bytes:
    return born_digital(text(number), pages)


def saved(paper: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    paper.save(out, **how)
    return out.getvalue()


def changed(number: int, change: Callable[[pikepdf.Pdf], object], pages: int = 1) -> bytes:
    with pikepdf.open(io.BytesIO(pdf(number, pages))) as paper:
        change(paper)
        return saved(paper)


PASSWORD = "Mo-ra-2024"


def locked(number: int, user: str, revision: int) -> bytes:
    with pikepdf.open(io.BytesIO(pdf(number))) as paper:
        return saved(paper, encryption=pikepdf.Encryption(owner="chu", user=user, R=revision, metadata=revision > 3, aes=revision > 3))


for revision in (3, 4, 6):
    odd(f"mật khẩu R{revision}.pdf", "rejected:encrypted")(lambda n, r=revision: locked(n, PASSWORD, r))
    odd(f"mật khẩu rỗng R{revision}.pdf", "registered")(lambda n, r=revision: locked(n, "", r))

odd("văn bản.pdf", "registered")(pdf)
odd("cắt nửa.pdf", "rejected:broken")(lambda n: pdf(n)[:400])
odd("cắt bảng tra.pdf", "rejected:broken")(lambda n: pdf(n)[:-40])
odd("cắt đuôi.pdf", "registered:cut_off")(lambda n: pdf(n)[:-8])
odd("chữ trơn.pdf", "rejected:unknown_format")(lambda n: f"Đây là chữ, không phải PDF {n}".encode())
odd("trang mạng.pdf", "rejected:unknown_format")(lambda n: f"<!DOCTYPE html><p>404 {n}</p>".encode())
odd("chỉ có đầu.pdf", "rejected:broken")(lambda n: f"%PDF-1.4\n%{n}".encode())
odd("rác sau đầu.pdf", "rejected:broken")(lambda n: b"%PDF-1.7\n" + bytes(range(256)) * (n + 3))
odd("rác sau cuối 3k.pdf", "registered")(lambda n: pdf(n) + b"\0rac" * 800)
odd("rác sau cuối 50k.pdf", "registered")(lambda n: pdf(n) + b"<html>" * 9000)
odd("rác trước đầu.pdf", "registered")(lambda n: b"\r\n" * 200 + pdf(n))
odd("chuỗi không byte.pdf", "rejected:unknown_format")(lambda n: bytes(4000 + n))
odd("không trang.pdf", "rejected:no_pages")(lambda n: changed(n, lambda paper: paper.pages.__delitem__(slice(None))))
odd("xoay 180.pdf", "registered")(lambda n: changed(n, lambda paper: paper.pages[0].rotate(180, relative=True)))
odd("ký số.pdf", "registered")(lambda n: sign(pdf(n)))
odd("hai chữ ký.signed.pdf", "registered")(lambda n: sign(sign(pdf(n)), "Signature2"))
odd("tiếng Anh.pdf", "registered:not_vietnamese")(lambda n: born_digital([f"This is a letter in another language, number {n}."] * 9))
odd("mười trang.pdf", "registered")(lambda n: pdf(n, 10))


def boxed(number: int, box: list[float]) -> bytes:
    return changed(number, lambda paper: setattr(paper.pages[0], "MediaBox", pikepdf.Array(box)))


odd("khổ 5 mét.pdf", "registered")(lambda n: boxed(n, [0, 0, 14400, 14400]))
odd("khổ 3 cây số.pdf", "registered")(lambda n: boxed(n, [0, 0, 1e7, 1e7]))
odd("khổ không.pdf", "registered")(lambda n: boxed(n, [0, 0, 0, 0]))
odd("khổ ngược.pdf", "registered")(lambda n: boxed(n, [595, 842, 0, 0]))


@odd("trang hỏng giữa trang lành.pdf", "registered:page_too_large")
def one_bad_page(number: int) -> bytes:
    def spoil(paper: pikepdf.Pdf) -> None:
        page = paper.pages[1]
        page.Contents = paper.make_stream(b"0 0 10 10 re f")
        page.MediaBox = pikepdf.Array([0, 0, 1e7, 1e7])

    return changed(number, spoil, pages=3)


@odd("mọi trang đều hỏng.pdf", "rejected:broken")
def all_pages_bad(number: int) -> bytes:
    def spoil(paper: pikepdf.Pdf) -> None:
        paper.pages[0].Contents = paper.make_stream(b"%d 0 10 10 re f" % number)
        paper.pages[0].MediaBox = pikepdf.Array([0, 0, 1e7, 1e7])

    return changed(number, spoil)


@odd("trang trắng.pdf", "registered:no_text")
def blank_page(number: int) -> bytes:
    paper = pikepdf.new()
    paper.add_blank_page(page_size=(200 + number, 200))
    return saved(paper)


@odd("cây trang vòng tròn.pdf", "rejected:broken")
def page_tree_in_a_circle(number: int) -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    return body + b"trailer<</Root 1 0 R/Size 3>>%%%d\n%%%%EOF" % number


@odd("bảng tra hỏng.pdf", "registered")
def broken_table_of_offsets(number: int) -> bytes:
    data = pdf(number)
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n7\n%%EOF"


@odd("ký số bị sửa.pdf", "registered")
def signed_and_altered(number: int) -> bytes:
    data = sign(pdf(number))
    return data.replace(b"/Subject", b"/Subjekt", 1) if b"/Subject" in data else data.replace(b"reportlab", b"reportlap", 1)


def picture(kind: str, size: tuple[int, int], mode: str = "L", colour: object = None, **how: object) -> bytes:
    out = io.BytesIO()
    white = {"1": 1, "L": 255, "P": 255, "RGB": (255,) * 3, "RGBA": (255, 255, 255, 0), "CMYK": (0,) * 4, "I;16": 65535}[mode]
    Image.new(mode, size, white if colour is None else colour).save(out, kind, **how)
    return out.getvalue()


odd("một điểm.png", "rejected:too_small")(lambda n: picture("PNG", (1, 1), colour=n))
odd("một cột.png", "rejected:too_small")(lambda n: picture("PNG", (1, 5000 + n)))
odd("con dấu nhỏ.jpg", "rejected:too_small")(lambda n: picture("JPEG", (60, 60 + n % 30)))
odd("trắng.png", "registered:no_text")(lambda n: picture("PNG", (400 + n, 500)))
odd("trắng.jpg", "registered:no_text")(lambda n: picture("JPEG", (400 + n, 500)))
odd("trắng.webp", "registered:no_text")(lambda n: picture("WEBP", (400 + n, 500), "RGB"))
odd("CMYK.jpg", "registered:no_text")(lambda n: picture("JPEG", (400 + n, 500), "CMYK"))
odd("16 bit.png", "registered:no_text")(lambda n: picture("PNG", (400 + n, 500), "I;16"))
odd("trong suốt.png", "registered:no_text")(lambda n: picture("PNG", (400 + n, 500), "RGBA"))
odd("bảng màu.png", "registered:no_text")(lambda n: picture("PNG", (400 + n, 500), "P"))
odd("fax G4.tif", "registered:no_text")(lambda n: picture("TIFF", (400 + n, 500), "1", compression="group4"))
odd("ảnh tên pdf.pdf", "registered:no_text")(lambda n: picture("PNG", (400 + n, 510)))
odd("rất lớn.png", "registered:scaled_down")(lambda n: picture("PNG", (10000 + n, 10000), "1"))
odd("ảnh cụt.jpg", "rejected:broken")(lambda n: picture("JPEG", (300 + n, 300))[:200])
odd("ảnh cụt.png", "rejected:broken")(lambda n: picture("PNG", (300 + n, 300), "RGB")[:60])
odd("ảnh cụt.tif", "rejected:broken")(lambda n: picture("TIFF", (300 + n, 300))[:90])
odd("hoạt hình.gif", "rejected:unknown_format")(lambda n: picture("GIF", (300 + n, 300)))
odd("ảnh.bmp", "rejected:unknown_format")(lambda n: picture("BMP", (300 + n, 300)))
odd("hình vẽ.svg", "rejected:unknown_format")(lambda n: f"<svg xmlns='http://www.w3.org/2000/svg' width='{n}'/>".encode())


@odd("hai trang một hỏng.tif", "registered:page_failed")
def tiff_with_a_bad_page(number: int) -> bytes:
    pages = [Image.new("L", (400 + number, 400), 255) for _ in range(2)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    data = bytearray(out.getvalue())
    streams = [at for at in range(len(data) - 1) if data[at : at + 2] == b"x\x9c"]
    data[streams[1] : streams[1] + 12] = b"\xff" * 12
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def old(name: str) -> Maker:
    return lambda n: OLE + bytes(504 + n) + name.encode("utf-16-le") + bytes(600)


odd("đời cũ.doc", "rejected:old_office")(old("WordDocument"))
odd("đời cũ.xls", "rejected:old_office")(old("Workbook"))
odd("có mật khẩu.docx", "rejected:locked_office")(old("EncryptedPackage"))
odd("thư Outlook.msg", "rejected:unknown_format")(old("__substg1.0_1000001F"))


def word(number: int) -> bytes:
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"odd-{os.getpid()}-{number}.docx"
    try:
        return letter(path, code=f"{number}/UBND-NV").read_bytes()
    finally:
        path.unlink(missing_ok=True)


def sheet(number: int) -> bytes:
    out, book = io.BytesIO(), Workbook()
    book.worksheets[0].append(["Chỉ tiêu", number])
    book.save(out)
    return out.getvalue()


def packed(files: dict[str, bytes], declared: int | None = None, flags: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
            archive.filelist[-1].file_size = declared or len(data)
            archive.filelist[-1].flag_bits |= flags
    return out.getvalue()


@odd("không chữ.docx", "registered:no_text")
def empty_word(number: int) -> bytes:
    out, paper = io.BytesIO(), Docx()
    paper.core_properties.title = str(number)
    paper.save(out)
    return out.getvalue()


WORD = "word/document.xml"
odd("tên pdf ruột docx.pdf", "registered")(word)
odd("docx cụt.docx", "rejected:broken")(lambda n: word(n)[:-300])
odd("docx XML hỏng.docx", "rejected:broken")(lambda n: packed({WORD: b"<w:document %d" % n, "[Content_Types].xml": b"<x/>"}))
odd("docx bom.docx", "rejected:too_large")(lambda n: packed({WORD: b"<x>%d</x>" % n}, declared=3_000_000_000))
odd("trình chiếu.pptx", "rejected:unknown_format")(lambda n: packed({"[Content_Types].xml": b"%d" % n, "ppt/presentation.xml": b""}))
odd("tài liệu.odt", "rejected:unknown_format")(lambda n: packed({"mimetype": b"application/vnd.oasis %d" % n}))
odd("bảng lẻ.xlsx", "rejected:lone_annex")(sheet)
odd("bảng hỏng.xlsx", "rejected:broken")(lambda n: packed({"xl/workbook.xml": b"<x>%d" % n}))
odd("45_CV.docx", "registered")(word)
odd("45_CV_Phụ lục 1.xlsx", "attached")(sheet)
odd("45_CV_kem theo.pdf", "attached")(lambda n: born_digital([f"DANH SÁCH {n}", "1. Trường Tiểu học Lê Lợi"]))

odd("nén.rar", "rejected:archive")(lambda n: b"Rar!\x1a\x07\x00%d" % n)
odd("nén.7z", "rejected:archive")(lambda n: b"7z\xbc\xaf\x27\x1c%d" % n)
odd("nén.gz", "rejected:archive")(lambda n: b"\x1f\x8b\x08\0%d" % n)
odd("rỗng.zip", "rejected:empty")(lambda n: b"PK\x05\x06" + bytes(16) + n.to_bytes(2, "little") + b" " * n)
odd("có mật khẩu.zip", "rejected:encrypted")(lambda n: packed({"a.docx": b"%d" % n}, flags=1))
odd("bom.zip", "rejected:too_large")(lambda n: packed({"a.pdf": b"%d" % n}, declared=3_000_000_000))
odd("nhiều tệp.zip", "rejected:too_large")(lambda n: packed({f"{i}.txt": b"%d" % n for i in range(300)}))
odd("cụt.zip", "rejected:broken")(lambda n: packed({"a.txt": b"%d" % n})[:-30])
odd("leo thang.zip", "attached")(lambda n: packed({"../../../etc/thư.docx": word(n), "C:\\x\\bảng.xlsx": sheet(n)}))
odd("zip trong zip.zip", "attached")(lambda n: packed({"cv.docx": word(n), "trong.zip": packed({"x.txt": b"%d" % n})}))
odd("toàn bảng.zip", "rejected:no_letter")(lambda n: packed({"a.xlsx": sheet(n)}))

odd("rỗng.pdf", "rejected:empty")(lambda n: b"")
odd("ghi chú.txt", "rejected:unknown_format")(lambda n: f"ghi chú {n}".encode())
odd("chương trình.exe", "rejected:unknown_format")(lambda n: b"MZ\x90\0%d" % n)
odd("thư.eml", "rejected:unknown_format")(lambda n: f"From: a@b.vn\r\nSubject: {n}\r\n\r\nx".encode())

odd(".ẩn.pdf", "ignored")(pdf)
odd("~$thư.docx", "ignored")(lambda n: b"x%d" % n)
odd("đang tải.pdf.part", "ignored")(lambda n: pdf(n)[:200])
odd("đang tải.pdf", "waiting")(pdf)
odd("máy quét.tmp", "ignored")(lambda n: pdf(n)[:200])
odd("Thumbs.db", "ignored")(lambda n: OLE + b"%d" % n)
odd("@eaDir/a.pdf", "ignored")(pdf)

odd("-rf --help.docx", "registered")(word)
odd("a'b\"c;$(x)`y`|z&.docx", "registered")(word)
odd("hai\ndòng.docx", "registered")(word)
odd("Ch\u01b0\u031b Unicode To\u0302\u0309 ho\u031b\u0323p.docx", "registered")(word)
odd("  khoảng trắng  .docx", "registered")(word)
odd(("dài_" * 70).encode()[:245].decode(errors="ignore") + ".docx", "registered")(word)
odd("thư mục/con/sâu/thư.docx", "registered")(word)
odd(os.fsdecode(b"khong phai utf8 \xff\xfe.docx"), "registered")(word)
odd("không đuôi", "registered")(word)
odd("VIẾT HOA.DOCX", "registered")(word)
odd("rtl \u202efdp.docx", "registered")(word)
odd("bản sao của văn bản.pdf", "duplicate")(lambda n: b"")


def build(folder: Path) -> dict[str, str]:
    """Make all of them; the outcome of each by its name."""
    for number, (name, (_, maker)) in enumerate(ODD.items(), 1):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(maker(number))
    (folder / "bản sao của văn bản.pdf").write_bytes((folder / "văn bản.pdf").read_bytes())
    (folder / "lối tắt.pdf").symlink_to("/etc/hostname")
    os.mkfifo(folder / "ống.pdf")
    return {name: outcome for name, (outcome, _) in ODD.items()} | {"lối tắt.pdf": "ignored", "ống.pdf": "ignored"}
