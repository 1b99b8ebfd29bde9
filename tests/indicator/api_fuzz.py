"""Questions that nobody thought of: each is answered as the document says, and none by a fault."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ...tools.token_bucket import Buckets

EXAMPLES = 50
JUNK = ("", "0", "-1", "٣", "1e3", "null", "'", "%00", "2026-02-30", "9" * 19, "a,b", "é", "[]")


def values_of(schema):
    """Strategy of texts for a parameter: such that fit its schema, and others."""
    types = {
        "integer": st.integers(schema.get("minimum", -5), schema.get("maximum", 10**6)),
        "boolean": st.sampled_from(["true", "false"]),
        "array": st.lists(st.sampled_from(["revenue", "orders", "1", "2"]), min_size=1).map(
            ",".join
        ),
    }
    fitting = types.get(schema["type"], st.text(max_size=8))
    if schema.get("format") == "date":
        fitting = st.dates().map(str)
    if "enum" in schema:
        fitting = st.sampled_from(schema["enum"])
    return st.one_of(fitting.map(str), st.sampled_from(JUNK), st.text(max_size=8))


@st.composite
def questions(draw, told, known):
    """(declared path, its address, parameters). known : values of parts of paths that exist."""
    path = draw(st.sampled_from(sorted(told["paths"])))
    parameters = told["paths"][path]["get"]["parameters"]
    asked, address = {}, path
    for one in parameters:
        if one["in"] == "path":
            part = draw(st.one_of(st.just(known[one["name"]]), st.sampled_from(["0", "x", "%0A"])))
            address = address.replace(f"{{{one['name']}}}", str(part))
        # One of three: a question with all of them is hardly ever understood.
        elif draw(st.integers(0, 2)) == 0:
            asked[one["name"]] = draw(values_of(one["schema"]))
    return path, address, asked


class ApiFuzz:
    """Tests of an ApiCommon."""

    def test_any_question_is_answered_as_the_document_says(self):
        self.told = type(self).told = self._ok("openapi.json", None)
        known = {"code": "revenue", "product": self.soap.id}
        seen = set()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(questions(self.told, known))
        def ask(question):
            path, address, asked = question
            response = self._get(address.lstrip("/"), params=asked)
            declared = self.told["paths"][path]["get"]["responses"]
            self.assertIn(str(response.status_code), declared, (question, response.text))
            seen.add(response.status_code)
            if response.status_code == 200:
                self._check_answer(path, response)
            else:
                self._check_error(response)

        ask()
        # It would tell nothing if all were refused, or none.
        self.assertLessEqual({200, 400, 404}, seen)

    def test_a_bucket_fills_evenly(self):
        now = [0.0]
        buckets = Buckets(clock=lambda: now[0])
        self.assertEqual([buckets.take("a", 60) for _time in range(60)], [0] * 60)
        self.assertAlmostEqual(buckets.take("a", 60), 1)
        self.assertEqual(buckets.take("b", 60), 0)
        now[0] = 0.5
        self.assertAlmostEqual(buckets.take("a", 60), 0.5)
        now[0] = 2
        self.assertEqual(buckets.take("a", 60), 0)
        now[0] = 3600
        self.assertEqual([buckets.take("a", 60) for _time in range(60)], [0] * 60)
        self.assertGreater(buckets.take("a", 60), 0)
