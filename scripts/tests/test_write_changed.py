import threading

from workspace import write_changed


def test_who_reads_meanwhile_finds_a_whole_file(tmp_path):
    file, texts = tmp_path / "odoo.conf", ["a" * 100_000, "b" * 100_000]
    write_changed(file, texts[0], 0o600)
    writers = [
        threading.Thread(target=lambda: [write_changed(file, text) for text in texts * 50])
        for _each in range(2)
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert file.read_text() in texts
    assert [path.name for path in tmp_path.iterdir()] == ["odoo.conf"]


def test_what_says_the_same_is_not_written_again(tmp_path):
    file = tmp_path / "odoo.conf"
    write_changed(file, "a", 0o600)
    before = file.stat()
    write_changed(file, "a", 0o600)
    assert file.stat().st_ino == before.st_ino
    assert before.st_mode & 0o777 == 0o600
