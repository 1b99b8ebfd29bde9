"""Encodings, quotation marks, delimiters, titles and workbooks."""

import gzip
from datetime import datetime

import openpyxl
import pytest
from loading import NOW, days, read_text

from bulk_load.parse import FileError, read_sales

HEAD = "commande;date;client;article;désignation;quantité;prix\n"


def rows(count, name="Café"):
    return [f"S{n};2026-01-02;Ali;P{n};{name};1;5\n" for n in range(count)]


def kinds(sales):
    return [(each.number, each.kind) for each in sales.rejected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le",
                                      "utf-16-be", "utf-32"])  # fmt: skip
def test_the_encoding_is_found_out(tmp_path, encoding):
    sales = read_text(tmp_path, HEAD + "".join(rows(3)), encoding)
    assert [line.name for line in sales.lines] == ["Café"] * 3
    assert sales.columns["order"] == "commande"


def test_one_bad_byte_spoils_one_line(tmp_path):
    content = (HEAD + "".join(rows(300))).encode().replace("P7;Café".encode(), b"P7;Caf\xff")
    sales = read_text(tmp_path, content)
    assert (len(sales.lines), kinds(sales)) == (299, [(9, "bytes")])
    assert sales.lines[0].name == "Café"
    undefined = (HEAD + "".join(rows(300))).encode("cp1252").replace(b"P7;Caf\xe9", b"P7;Caf\x81")
    assert kinds(read_text(tmp_path, undefined)) == [(9, "bytes")]
    odd = (HEAD + "".join(rows(30))).encode("utf-16") + b"\x41"
    assert len(read_text(tmp_path, odd).lines) == 30


def test_a_bad_byte_behind_the_first_lines_does_not_change_the_encoding(tmp_path):
    content = (HEAD + "".join(rows(9000))).encode() + b"S;2026-01-02;Ali;P;Caf\xe9;1;5\n"
    sales = read_text(tmp_path, content)
    assert (len(sales.lines), kinds(sales)) == (9000, [(9002, "bytes")])


def test_a_named_encoding_is_checked(tmp_path):
    with pytest.raises(FileError, match="ENCODING=klingon is not an encoding"):
        read_sales(_written(tmp_path), encoding="klingon")
    with pytest.raises(FileError, match="ENCODING=hex"):
        read_sales(_written(tmp_path), encoding="hex")


def _written(folder):
    path = folder / "sales.csv"
    path.write_text(HEAD + "".join(rows(2)), encoding="utf-8")
    return path


def test_a_quoted_field_may_go_over_lines(tmp_path):
    text = HEAD + 'S1;2026-01-02;"Ali\nRue 5";P1;x;1;5\n' + 'S2;2026-01-02;B;P1;"a\n\nb";1;5\n'
    sales = read_text(tmp_path, text + "".join(rows(1)))
    assert [line.customer for line in sales.lines] == ["Ali\nRue 5", "B", "Ali"]
    assert (sales.lines[1].name, sales.lines[1].number) == ("a\n\nb", 4)


@pytest.mark.parametrize("column", [0, 6])
def test_a_quoted_field_may_go_over_lines_in_the_first_and_last_column(tmp_path, column):
    head = HEAD.strip().split(";")
    head.insert(column, "note")
    first = ["S", "2026-01-02", "Ali", "P", "x", "1", "5"]
    first.insert(column, '"two\nlines"')
    text = "\n".join([";".join(head), ";".join(first)]) + "\n"
    sales = read_text(tmp_path, text)
    assert (len(sales.lines), sales.rejected) == (1, [])


@pytest.mark.parametrize("closing", ["", '17"', '"'])
def test_an_open_quote_spoils_its_own_record_only(tmp_path, closing):
    lines = rows(500)
    lines[10] = 'S10;2026-01-02;Ali;P10;"17 pouces;1;5\n'
    if closing:
        lines[11] = f"S11;2026-01-02;Ali;P11;écran {closing};1;5\n"
    sales = read_text(tmp_path, HEAD + "".join(lines))
    assert (len(sales.lines), kinds(sales)) == (499, [(12, "quote")])


def test_an_open_quote_in_the_last_line_is_told(tmp_path):
    sales = read_text(tmp_path, HEAD + "".join(rows(3)) + 'S;2026-01-02;Ali;P;"17;1;5')
    assert kinds(sales) == [(5, "quote")]


def test_marks_within_and_around_a_field(tmp_path):
    text = HEAD + 'S;2026-01-02;"Ali ""fils""";P;écran 17";"1";5\n'
    (line,) = read_text(tmp_path, text).lines
    assert (line.customer, line.name) == ('Ali "fils"', 'écran 17"')


@pytest.mark.parametrize("field", ["x" * 200_000, '"' + "x" * 200_000 + '"', "x" * 3_000_000])
def test_very_long_fields_are_told_and_spoil_their_line(tmp_path, field):
    lines = rows(200)
    lines[5] = f"S5;2026-01-02;Ali;P5;{field};1;5\n"
    sales = read_text(tmp_path, HEAD + "".join(lines))
    assert (len(sales.lines), kinds(sales)) == (199, [(7, "size")])
    assert len(sales.rejected[0].fields[0]) <= 100_000


@pytest.mark.parametrize("delimiter", [";;", '"', "a", "\n"])
def test_a_bad_delimiter_is_told(tmp_path, delimiter):
    with pytest.raises(FileError, match="cannot separate fields"):
        read_text(tmp_path, HEAD, delimiter=delimiter)


def test_a_delimiter_may_be_named(tmp_path):
    text = (HEAD + "".join(rows(1))).replace(";", "~")
    assert len(read_text(tmp_path, text, delimiter="~").lines) == 1
    assert len(read_text(tmp_path, text.replace("~", "\t"), delimiter="\\t").lines) == 1


def test_old_and_windows_line_ends_and_nul(tmp_path):
    for end in ("\r\n", "\r"):
        text = (HEAD + "".join(rows(3))).replace("\n", end)
        assert [line.price for line in read_text(tmp_path, text).lines] == [5, 5, 5]
    sales = read_text(tmp_path, HEAD + "".join(rows(1, "Ca\x00fé")))
    assert sales.lines[0].name == "Café"


@pytest.mark.parametrize(
    "above",
    [
        "\n\n",
        "Export des ventes, magasin de Rabat, du 03/12/2025\n\n",
        "Export;;;;;;\n;;;;;;\n",
        "sep=;\n",
        '"sep=;"\r\n',
        "sep=a\n",
        "Ventes\nClient: tous\nDate: tous\n",
    ],
)
def test_titles_above_the_header_are_passed_over(tmp_path, above):
    sales = read_text(tmp_path, above + HEAD + "".join(rows(2)))
    assert (len(sales.lines), sales.rejected) == (2, [])
    assert sales.lines[0].number == above.count("\n") + 2


def test_empty_fields_at_the_end_are_no_surplus(tmp_path):
    text = HEAD + "S1;2026-01-02;Ali;P1;x;1;5;;\nS1;2026-01-02;Ali;P1;x;1;5;6\n"
    sales = read_text(tmp_path, text)
    assert (len(sales.lines), kinds(sales)) == (1, [(3, "fields")])


def test_lines_without_a_reference_belong_to_the_order_above(tmp_path):
    text = HEAD + (
        ";;;P0;x;1;5\n"  # 2: nothing above
        "S1;2026-01-02;Ali;P1;x;1;5\n"
        ";;;P2;x;1;5\n"
        ";2026-01-02;Ali;P3;x;1;5\n"
        ";2026-01-03;Ali;P4;x;1;5\n"  # 6: another day
        "S2;yesterday;Ali;P5;x;1;5\n"  # 7
        ";;;P6;x;1;5\n"  # 8: of the order that was left out
        "S3;2026-01-04;Ali;;x;1;5\n"  # 9: no product, but an order
        ";;;P7;x;1;5\n"
    )
    sales = read_text(tmp_path, text)
    assert [(line.order, line.product) for line in sales.lines] == [
        ("S1", "P1"), ("S1", "P2"), ("S1", "P3"), ("S3", "P7"),
    ]  # fmt: skip
    assert kinds(sales) == [
        (2, "above"), (6, "order"), (7, "date"), (8, "above"), (9, "product"),
    ]  # fmt: skip


def test_a_surplus_field_below_an_order_does_not_end_it(tmp_path):
    text = HEAD + "S1;2026-01-02;Ali;P1;x;1;5\n;;;P2;x;1;12;50\n;;;P3;x;1;5\n"
    text += "S2;2026-01-02;Ali;P1;x;1;12;50\n;;;P4;x;1;5\n"
    sales = read_text(tmp_path, text)
    assert [(line.order, line.product) for line in sales.lines] == [("S1", "P1"), ("S1", "P3")]
    assert kinds(sales) == [(3, "fields"), (5, "fields"), (6, "above")]


def test_brackets_are_codes_only_where_each_has_one_name(tmp_path):
    head = "order,date,product,qty\n"
    sales = read_text(tmp_path, head + "A,2026-01-02,[P1] Vis,1\nA,2026-01-02,[P1] Vis,2\n")
    assert {(line.product, line.name) for line in sales.lines} == {("P1", "Vis")}
    sales = read_text(tmp_path, head + "A,2026-01-02,[Promo] Vis,1\nA,2026-01-02,[Promo] Clou,2\n")
    assert [line.product for line in sales.lines] == ["[Promo] Vis", "[Promo] Clou"]


def test_a_line_without_a_customer_has_that_of_its_order(tmp_path):
    text = HEAD + "S1;2026-01-02;;P1;x;1;5\nS1;2026-01-02;Ali;P2;x;1;5\nS2;2026-01-02;;P2;x;1;5\n"
    assert [line.customer for line in read_text(tmp_path, text).lines] == ["Ali", "Ali", ""]


@pytest.fixture
def workbook(tmp_path):
    def written(*sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, cells in sheets:
            sheet = book.create_sheet(title)
            for row in cells:
                sheet.append(row)
        path = tmp_path / "sales.xlsx"
        book.save(path)
        return path

    return written


TITLES = ["commande", "date", "client", "article", "quantité", "prix"]


def test_workbooks_are_read_with_their_types(workbook):
    path = workbook(
        (
            "Ventes",
            [
                ["Ventes de mars"],
                [],
                TITLES,
                [1001, datetime(2026, 3, 4, 23, 30), "Ali", 4711, 1.125, 12.5],
                [None, None, None, "P2", 2, None],
                ["S3", datetime(2026, 3, 5), "Ali", "P2", "1,5", "2,50 DH"],
            ],
        )
    )
    sales = read_sales(path, now=NOW)
    assert [(line.order, line.product, line.quantity, line.price) for line in sales.lines] == [
        ("1001", "4711", 1.125, 12.5), ("1001", "P2", 2, 0), ("S3", "P2", 1.5, 2.5),
    ]  # fmt: skip
    assert sales.lines[0].date == datetime(2026, 3, 4, 23, 30)
    assert sales.lines[0].number == 4


def test_dates_and_texts_in_one_column_of_a_workbook_are_refused(workbook):
    rows = [["S1", datetime(2026, 7, 4), "A", "P", 1, 1], ["S2", "19/04/2026", "A", "P", 1, 1]]
    with pytest.raises(FileError, match="two formats"):
        read_sales(workbook(("V", [TITLES, *rows])), now=NOW)


def test_a_sheet_may_be_named_and_others_are_told(workbook):
    row = ["S1", datetime(2026, 3, 4), "A", "P", 1, 1]
    path = workbook(("Janvier", [TITLES, row]), ("Février", [TITLES, row, row]))
    sales = read_sales(path, now=NOW)
    assert len(sales.lines) == 1
    assert any("SHEET='Février'" in note for note in sales.notes)
    assert len(read_sales(path, sheet="Février", now=NOW).lines) == 2
    with pytest.raises(FileError, match="SHEET=Mars: there is no such sheet"):
        read_sales(path, sheet="Mars")


def test_other_binary_files_are_told(tmp_path):
    path = tmp_path / "sales.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 100)
    with pytest.raises(FileError, match="workbook of the old kind"):
        read_sales(path)
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    with pytest.raises(FileError, match="cannot be read as a workbook"):
        read_sales(path)


def test_a_packed_file_is_read_too(tmp_path):
    packed = gzip.compress((HEAD + "".join(rows(3))).encode("utf-16"))
    assert days(read_text(tmp_path, packed)) == ["2026-01-02"] * 3
