import smoke

from bulk_load.parse import read_sales


def test_the_file_to_load_is_one_that_the_loader_reads(tmp_path):
    sales = read_sales(smoke.sales_file(tmp_path))
    lines = sales.lines
    assert (sales.rejected, sales.doubts) == ([], [])
    assert len({line.order for line in lines}) == smoke.ORDERS
    assert len(lines) == smoke.ORDERS * 3 // 2


def test_a_failing_command_shows_the_end_of_its_log(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(smoke, "ROOT", tmp_path)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "bad.py").write_text("print('why'); raise SystemExit(3)")
    (tmp_path / "scripts" / "good.py").write_text("print(input())")
    assert not smoke.run_step("bad", ("bad.py",), {}, None, tmp_path)
    assert "FAILS  bad" in (said := capsys.readouterr().out)
    assert "why" in said
    assert smoke.run_step("good", ("good.py",), {}, "hello\n", tmp_path)
    assert (tmp_path / "good.log").read_text() == "hello\n"
