from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tests import BaseCase, tagged
from odoo.tests.loader import get_test_modules

MODULE = "smart_recommender"


@tagged("post_install", "-at_install")
class TestLoading(BaseCase):
    """Odoo takes only what the packages bind: a file that nobody imports is silently no test."""

    def test_odoo_finds_every_file_of_tests(self):
        folder = Path(get_module_path(MODULE)) / "tests"
        files = {
            ".".join(path.relative_to(folder).with_suffix("").parts)
            for path in folder.rglob("test_*.py")
            if "algorithms" not in path.relative_to(folder).parts
        }
        prefix = f"odoo.addons.{MODULE}.tests."
        found = [module.__name__.removeprefix(prefix) for module in get_test_modules(MODULE)]
        self.assertEqual(sorted(found), sorted(files))

    def test_every_file_of_tests_has_the_name_of_its_subject(self):
        folder = Path(get_module_path(MODULE)) / "tests"
        for path in folder.glob("*/test_*.py"):
            if path.parent.name != "algorithms":
                self.assertTrue(path.name.startswith(f"test_{path.parent.name}_"), path.name)
