from __future__ import annotations

import csv
import io
import struct
import zipfile
from pathlib import Path

import pytest
import python_calamine

from intake.archive import Archive
from intake.faults import FileFault, told
from intake.kinds import kind_of
from intake.limits import MAX_FILE_BYTES
from intake.precheck import precheck
from tests.packages import (
    BOOK,
    CONTENT_TYPES,
    STRINGS,
    Raw,
    parts,
    raw_parts,
    raw_zip,
    sheet,
    workbook,
    zipped,
)

HOSTILE = Path(__file__).parent / "data" / "intake" / "hostile"
CORPUS = HOSTILE.parent / "corpus"


def code_of(data: bytes, name: str = "a.xlsx") -> str:
    fault = precheck(data, name)
    return fault.code if fault else ""


def manifest() -> dict[str, dict[str, str]]:
    with (HOSTILE / "manifest.csv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


# --- the samples -------------------------------------------------------------------

UNREAD = {
    "h01": "F01", "h02": "F07", "h03": "F03", "h04": "F03", "h05": "F06", "h06": "F06",
    "h07": "F05", "h08": "F05", "h09": "F05", "h10": "F08", "h11": "F08", "h12": "F08",
    "h13": "F08", "h17": "F10", "h18": "F10", "h20": "F05", "h33": "F03", "h36": "F02",
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(manifest()))
def test_a_hostile_file_is_refused_unread_or_let_through_to_the_child(file):
    fault = precheck((HOSTILE / file).read_bytes(), file)
    assert (fault.code if fault else "") == UNREAD.get(file[:3], "")
    if fault:
        assert fault.code in manifest()[file]["codes"].split("|")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")), ids=lambda path: path.name)
def test_a_file_as_officers_send_it_passes(path):
    if path.suffix != ".json":
        assert precheck(path.read_bytes(), path.name) is None


def test_what_the_tests_build_by_hand_is_sound():
    data = workbook('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert code_of(data) == ""
    others = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert others.get_sheet_by_name("Biểu 1").to_python() == [[1.0]]
    assert code_of(raw_zip(raw_parts())) == ""


# --- type and size ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"x", "F02"),
        ("a", b"x", "F02"),
        ("a.xlsb", b"x", "F02"),
        ("a.csv", b"", "F01"),
        ("a.csv", b" \r\n\t\r\n", "F01"),
        ("a.csv", b"\xef\xbb\xbf  \n", "F01"),
        ("a.csv", "  \r\n".encode("utf-16"), "F01"),
        ("a.ods", b"", "F01"),
        ("a.csv", b"a" * (MAX_FILE_BYTES + 1), "F04"),
        ("a.csv", b"a" * MAX_FILE_BYTES, ""),
        ("A.CSV", "mã;giá trị".encode(), ""),
    ],
)
def test_type_and_size_are_looked_at_first(name, data, code):
    assert code_of(data, name) == code


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xlsx", b"\xef\xbb\xbf \n<HTML><table></table>", "html"),
        ("a.xls", b"<table><tr><td>1</td></tr></table>", "html"),
        ("a.xls", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "mhtml"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
                  b'spreadsheet"/>', "xml_sheet"),
        ("a.xlsx", b"%PDF-1.7\n", "pdf"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.xlsx", "mã;giá trị\n".encode(), "text"),
        ("a.xlsx", b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        ("a.ods", b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        ("a.csv", b"Rar!\x1a\x07\0", "rar"),
        ("a.csv", b"a,b\0c,d\n", "binary"),
        ("a.csv", bytes(range(256)) * 20, "binary"),
        ("a.xlsm", "<html></html>".encode("utf-16"), "html"),
        ("a.csv", b"<html><body>", "html"),
    ],
)  # fmt: skip
def test_content_that_does_not_fit_the_extension_is_named(name, data, kind):
    fault = precheck(data, name)
    assert fault is not None
    assert (fault.code, fault.args["kind"]) == ("F03", kind)


@pytest.mark.parametrize(
    ("name", "main", "kind"),
    [
        ("a.xlsx", "wordprocessingml.document.main+xml", "word"),
        ("a.xlsm", "presentationml.presentation.main+xml", "powerpoint"),
        ("a.xlsx", "ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    ],
)
def test_another_office_package_is_named(name, main, kind):
    types = CONTENT_TYPES.replace("spreadsheetml.sheet.main+xml", main)
    fault = precheck(workbook(types=types), name)
    assert fault is not None
    assert (fault.code, fault.args["kind"]) == ("F03", kind)


def test_any_zip_a_workbook_named_as_another_and_a_csv_of_a_workbook_are_refused():
    assert code_of(zipped({"thư/ảnh.png": b"\x89PNG"})) == "F03"
    assert code_of(workbook(), "a.ods") == "F03"
    assert code_of(workbook(), "a.xls") == "F03"
    assert code_of(workbook(), "a.csv") == "F03"
    text = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
    assert code_of(zipped(text), "a.ods") == "F03"


def test_an_encrypted_open_document_is_told():
    mark = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    manifest = {"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}
    assert code_of(zipped({**mark, "content.xml": b"\x05\x99", **manifest}), "a.ods") == "F06"
    assert code_of(zipped({**mark, "encrypted-package": b"\x05\x99"}), "a.ods") == "F06"


# --- zips on which readers differ ---------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../a.xml", "xl/../../a", "/etc/a", "\\a", "xl\\a", "C:/a", "a\x01b", "xl//a", "./a", ""],
)
def test_an_unsafe_name_is_refused(name):
    assert code_of(raw_zip([*raw_parts(), Raw(name, b"x")])) == "F10"


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "XL/Workbook.XML", "[content_types].xml", "xl/workbook.xml/"]
)
def test_a_name_that_comes_twice_is_refused_whatever_its_case(name):
    assert code_of(raw_zip([*raw_parts(), Raw(name, b"x")])) == "F10"


def test_a_name_that_differs_only_in_its_accents_form_is_the_same():
    two = [Raw("xl/\u1ea3.xml", b"x"), Raw("xl/a\u0309.xml", b"x")]
    assert code_of(raw_zip([*raw_parts(), *two])) == "F10"


@pytest.mark.parametrize("mode", [0o120777, 0o010644, 0o060644])
def test_links_pipes_and_devices_are_refused(mode):
    assert code_of(raw_zip([*raw_parts(), Raw("xl/a.xml", b"x", mode=mode)])) == "F10"
    assert code_of(raw_zip([*raw_parts(), Raw("xl/a.bin", b"x", mode=0o100644)])) == ""


def test_bytes_before_the_first_entry_or_behind_the_end_are_refused():
    assert code_of(raw_zip(raw_parts(), before=b"MZ..")) == "F10"
    assert code_of(b"junk" + raw_zip(raw_parts())) in ("F10", "F03")
    assert code_of(raw_zip(raw_parts(), after=b"junk")) == "F07"


def test_an_entry_hidden_between_others_is_refused():
    hidden = raw_zip([Raw("xl/worksheets/sheet1.xml", b"<other/>")])
    entries = raw_parts()
    entries[0].tail = hidden[: hidden.index(b"PK\x01\x02")]
    assert code_of(raw_zip(entries)) == "F10"


def test_overlapping_entries_are_refused():
    data = bytearray(raw_zip(raw_parts()))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert code_of(bytes(data)) == "F10"


def test_local_and_central_headers_must_agree():
    entries = raw_parts()
    entries[4].local_name = b"xl/worksheets/sheet2.xml"
    assert code_of(raw_zip(entries)) == "F10"
    entries = raw_parts()
    entries[4].size += 1
    assert code_of(raw_zip(entries)) == "F07"
    entries = raw_parts()
    entries[4].crc ^= 1
    assert code_of(raw_zip(entries)) == "F07"
    entries = raw_parts()
    entries[4].local_flags = 0x801
    assert code_of(raw_zip(entries)) == "F06"


def test_a_second_name_in_an_extra_field_is_refused():
    other = b"xl/worksheets/sheet9.xml"
    field = struct.pack("<2HBI", 0x7075, 5 + len(other), 1, 0) + other
    entries = raw_parts()
    entries[4].extra = field
    assert code_of(raw_zip(entries)) == "F10"


def test_sizes_behind_the_data_and_wide_fields_are_read():
    """As SXSSF and other streaming writers do: a data descriptor, sizes with 64 bits."""
    entries = raw_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    for entry in entries:
        entry.flags |= 8
        entry.tail = struct.pack("<4s3I", b"PK\x07\x08", entry.crc, len(entry.packed), entry.size)
    assert code_of(raw_zip(entries)) == ""
    wide = io.BytesIO()
    with zipfile.ZipFile(wide, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts().items():
            with file.open(name, "w", force_zip64=True) as part:
                part.write(data)
    assert code_of(wide.getvalue()) == ""


def test_a_second_directory_for_wide_readers_must_say_the_same():
    plain = raw_zip(raw_parts())
    at = plain.rindex(b"PK\x05\x06")
    fields = struct.unpack("<4s4H2IH", plain[at:])

    def with_wide(count: int) -> bytes:
        record = struct.pack(
            "<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, fields[5], fields[6]
        )
        locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
        return plain[:at] + record + locator + plain[at:]

    assert code_of(with_wide(fields[3])) == ""
    assert code_of(with_wide(fields[3] - 1)) == "F07"


def test_two_parts_packed_into_one_stream_of_lies_are_refused():
    entries = raw_parts()
    entries[4].packed += b"more behind the end of the packed data"
    assert code_of(raw_zip(entries)) == "F07"
    entries = raw_parts()
    entries[4].packed = entries[4].packed[:-3]
    assert code_of(raw_zip(entries)) == "F07"
    entries = raw_parts()
    entries[4].method = 12
    assert code_of(raw_zip(entries)) == "F07"


# --- bombs --------------------------------------------------------------------------


def test_declared_sizes_are_not_believed():
    bomb = Raw("xl/a.xml", b" " * (101 * 2**20))
    assert code_of(raw_zip([*raw_parts(), bomb])) == "F05"
    bomb.size = 4000
    assert code_of(raw_zip([*raw_parts(), bomb])) == "F05"


def test_many_parts_below_the_limit_of_one_are_too_large_together():
    half = Raw("xl/a.xml", b" " * (70 * 2**20))
    others = []
    for letter in "bc":
        other = Raw(f"xl/{letter}.xml", b"")
        other.packed, other.size, other.crc = half.packed, half.size, half.crc
        others.append(other)
    assert code_of(raw_zip([*raw_parts(), half, *others])) == "F05"


def test_more_than_a_thousand_entries_are_too_many():
    many = [Raw(f"xl/media/{n}.png", b"") for n in range(1000 - 7)]
    assert code_of(raw_zip([*raw_parts(), *many])) == ""
    assert code_of(raw_zip([*raw_parts(), *many, Raw("xl/one_more", b"")])) == "F05"


@pytest.mark.parametrize("inner", [b"PK\x03\x04....", b"\x1f\x8b\x08..", b"7z\xbc\xaf\x27\x1c.."])
def test_an_archive_in_the_archive_is_refused(inner):
    assert code_of(zipped({**parts(), "xl/embeddings/a.bin": inner})) == "F05"


def test_a_compressed_drawing_is_no_archive():
    assert code_of(zipped({**parts(), "xl/media/image1.emz": b"\x1f\x8b\x08...."})) == ""


# --- declarations ---------------------------------------------------------------------

DTD = '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize("declaration", [DTD, ENTITY])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_dtd_is_found_in_every_encoding(declaration, codec):
    text = STRINGS.replace("<sst", declaration + "<sst")
    assert code_of(workbook(strings=text.encode(codec))) == "F08"
    assert code_of(workbook(strings=STRINGS.encode(codec))) == ""


def test_a_dtd_is_found_in_a_part_that_nothing_refers_to_and_far_inside():
    hidden = b"<a>" + b" " * 700_000 + DTD.encode() + b"</a>"
    assert code_of(zipped({**parts(), "docProps/odd": hidden})) == "F08"
    assert code_of(zipped({**parts(), "customXml/item1.xml": ENTITY.encode()})) == "F08"


def test_a_dtd_that_is_cut_by_the_border_of_a_piece_is_found():
    for shift in range(12):
        blanks = b" " * (2**18 - 3 - shift)
        text = b"<a>" + blanks + DTD.encode() + b"</a>"
        assert code_of(zipped({**parts(), "xl/b.xml": text})) == "F08"


def test_an_encoding_that_could_hide_a_dtd_is_refused():
    text = '<?xml version="1.0" encoding="{}"?>' + STRINGS
    assert code_of(workbook(strings=text.format("cp037"))) == "F07"
    assert code_of(workbook(strings=text.format("UTF-7"))) == "F07"
    assert code_of(workbook(strings=text.format("windows-1252"))) == ""
    assert code_of(workbook(strings=STRINGS.encode("utf-32"))) == "F07"
    assert code_of(workbook(strings=STRINGS.encode("cp037", "replace"))) == "F07"


# --- old containers -------------------------------------------------------------------


def box(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each of its own sectors of 512 bytes."""
    starts, body, table = {}, b"", [0xFFFFFFFD]
    directory_at = 1
    entries_needed = -(-(len(streams) + 1) // 4)
    table += [*range(2, 1 + entries_needed), 0xFFFFFFFE]
    number = 1 + entries_needed
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        count = -(-len(data) // 512)
        starts[name] = (number, len(data))
        table += [*range(number + 1, number + count), 0xFFFFFFFE]
        body += data.ljust(count * 512, b"\0")
        number += count
    fat = b"".join(struct.pack("<I", value) for value in table).ljust(512, b"\xff")

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        spelled = name.encode("utf-16-le") + b"\0\0"
        head = spelled.ljust(64, b"\0") + struct.pack("<H2B", len(spelled), kind, 1)
        return head.ljust(116, b"\0") + struct.pack("<2I", start, size) + bytes(4)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0)
    directory += b"".join(entry(name, 2, *where) for name, where in starts.items())
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0).ljust(109 * 4, b"\xff")
    return header + fat + directory.ljust(entries_needed * 512, b"\0") + body


BEGIN = struct.pack("<2H", 0x0809, 16) + bytes(16)


def test_containers_are_told_apart():
    assert code_of(box({"Workbook": BEGIN}), "a.xls") == ""
    assert code_of(box({"Book": BEGIN}), "a.xls") == ""
    assert code_of(box({"WordDocument": b"x"}), "a.xls") == "F03"
    assert code_of(box({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "a.xlsm") == "F06"
    locked = BEGIN + struct.pack("<2H", 0x86, 0) + struct.pack("<2H", 0x2F, 6) + bytes(6)
    assert code_of(box({"Workbook": locked}), "a.xls") == "F06"


@pytest.mark.parametrize("length", [8, 100, 511, 600, 1100, 1500])
def test_a_container_that_is_cut_off_is_damaged(length):
    whole = box({"Workbook": BEGIN})
    assert code_of(whole[:length], "a.xls") == "F07"


def test_a_container_whose_chain_runs_in_a_circle_is_damaged():
    looped = bytearray(box({"Workbook": BEGIN}))
    looped[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the directory's sector follows itself
    assert code_of(bytes(looped), "a.xls") == "F07"


# --- answers --------------------------------------------------------------------------


def test_every_fault_has_words_in_both_languages():
    fault = precheck((HOSTILE / "h07_bomb_rows.xlsx").read_bytes(), "a.xlsx")
    assert fault is not None
    assert told(fault)["limit_entries"] == "1.000"
    assert told(fault, "en")["limit_entries"] == "1,000"
    cut = FileFault("F07", {"detail": "zip_cut"})
    assert told(cut)["detail"] == "tệp nén bị cắt cụt"
    assert told(cut, "en")["detail"] == "the zip is cut off"


def test_what_a_file_calls_itself_is_cut_short_and_shown_as_text():
    fault = FileFault("F10", {"entry": "a\x07" + "b" * 500})
    shown = told(fault)["entry"]
    assert len(shown) == 80
    assert shown.startswith("a�b")


def test_reading_an_entry_keeps_to_its_limit():
    archive = Archive(workbook(sheet=sheet(" " * 5000)))
    entry = archive.find("XL/worksheets/SHEET1.xml")
    assert entry is not None
    assert len(archive.read(entry, 10_000)) == entry.size
    with pytest.raises(Exception, match="F05"):
        archive.read(entry, 100)


def test_text_is_told_from_binary():
    assert kind_of("Mã chỉ tiêu,Giá trị\n".encode("cp1258", "replace")) == "text"
    assert kind_of("a\tb\n".encode("utf-16")) == "text"
    assert kind_of(b"BM is the beginning of a word") == "text"
    assert BOOK.startswith("<workbook")
