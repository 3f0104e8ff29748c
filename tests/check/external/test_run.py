"""From places to findings: who is asked, how often, and in which order the findings come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inquiry.check.external.answers import Answer, Hop, Trouble
from inquiry.check.external.memory import write_records
from inquiry.check.external.places import Place
from inquiry.check.external.run import Outside, Rules, look_outside, survey, weigh
from inquiry.diagnostics import Severity, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inquiry.check.external.answers import Question

NOW = 1_000_000_000


class Told:
    """Gives the answers that a test thought of, 200 for all others, and remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = {answer.url: answer for answer in answers}
        self.questions: list[Question] = []

    def __call__(self, questions: Sequence[Question]) -> Mapping[str, Answer]:
        self.questions += questions
        urls = [question.address.url for question in reversed(questions)]
        return {url: self.answers.get(url, Answer(url, 200)) for url in urls}


def place(url: str, line: int = 1, *, picture: bool = False, identifier: bool = False) -> Place:
    return Place(url, "notes/a.md", Span.at(line, 1, len(url)), picture=picture, identifier=identifier)


def look(*places: Place, told: Told | None = None, rules: Rules | None = None) -> Outside:
    return look_outside(places, rules or Rules(), {}, NOW, told or Told())


def test_one_address_is_asked_once_and_reported_at_each_place() -> None:
    url = "https://press.example.edu/x"
    told = Told(Answer(url, 404))
    outside = look(place(f"{url}#b", 3), place(url, 1), place(f"{url}#a", 2), told=told)
    (question,) = told.questions
    assert question.fragments == ("a", "b")
    assert [one.span.start.line for one in outside.diagnostics] == [3, 1, 2]


def test_the_own_site_examples_and_other_schemes_are_not_asked_for() -> None:
    told = Told()
    rules = Rules("https://press.example.edu/kb/")
    kept = "https://press.example.edu/other"
    urls = ["http://press.example.edu/kb/notes/a/", "https://press.example.edu/kb", "https://example.org/x"]
    look(*map(place, [*urls, "mailto:a@example.edu", "/absolute", "notes/b.md", kept]), told=told, rules=rules)
    assert [question.address.url for question in told.questions] == [kept]


def test_private_addresses_are_refused_unless_they_are_allowed() -> None:
    told = Told()
    local = place("http://127.0.0.1:8000/x")
    assert [one.rule.name for one in look(local, told=told).diagnostics] == ["private-address"]
    assert told.questions == []
    assert look(local, told=told, rules=Rules(allow_private=True)).diagnostics == ()
    assert len(told.questions) == 1


def test_what_cannot_be_an_address_is_reported_and_nothing_else_suffers() -> None:
    outside = look(place("http://[::bad/", 1), place("http://gone.invalid/", 2), place("https://press.example.edu/", 3))
    assert [one.rule.name for one in outside.diagnostics] == ["malformed-address", "broken-address"]


def test_a_resolver_that_sends_on_is_good_whatever_follows() -> None:
    url = "https://doi.org/10.1000/182"
    told = Told(Answer(url, 302, hops=(Hop(302, "https://publisher.example.edu/paywall"),)))
    assert look(place("http://dx.doi.org/10.1000/182"), told=told).diagnostics == ()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("https://doi.org/10.1000/182", 404), ["broken-address"]),
        (Answer("https://doi.org/10.1000/182", 403), []),
        (Answer("https://doi.org/10.1000/182", trouble=Trouble.LOOKUP), []),
        (Answer("https://doi.org/10.1000/182", trouble=Trouble.SILENCE), []),
    ],
)
def test_an_identifier_is_reported_only_when_its_resolver_denies_it(answer: Answer, expected: list[str]) -> None:
    outside = look(place(answer.url, identifier=True), told=Told(answer))
    assert [one.rule.name for one in outside.diagnostics] == expected


def test_a_moved_address_keeps_the_fragment_of_its_place() -> None:
    url = "https://press.example.edu/old"
    told = Told(Answer("https://press.example.edu/new", 200, hops=(Hop(301, "https://press.example.edu/new"),)))
    told.answers[url] = told.answers["https://press.example.edu/new"]
    (found,) = look(place(f"{url}#part"), told=told).diagnostics
    assert (found.fixable, found.edits[0].new) == (True, "https://press.example.edu/new#part")


@pytest.mark.parametrize(
    ("hops", "rule"),
    [
        ((Hop(302, "https://a.example.edu/"),), "suspicious-redirect"),
        ((Hop(301, "https://a.example.edu/en/index.html"),), "suspicious-redirect"),
        ((Hop(302, "https://sso.example.edu/go?next=x"),), "suspicious-redirect"),
        ((Hop(302, "https://a.example.edu/users/sign_in"),), "suspicious-redirect"),
        ((Hop(302, "https://a.example.edu/deep/y"),), ""),
        ((Hop(302, "https://a.example.edu/y"), Hop(301, "https://a.example.edu/z")), ""),
    ],
)
def test_redirects_are_told_apart(hops: tuple[Hop, ...], rule: str) -> None:
    url = "https://a.example.edu/deep/x"
    told = Told()
    told.answers[url] = Answer(hops[-1].target, 200, hops=hops)
    assert [one.rule.name for one in look(place(url), told=told).diagnostics] == ([rule] if rule else [])


@pytest.mark.parametrize(("media", "expected"), [("text/html", ["broken-address"]), ("image/png", []), ("", [])])
def test_a_picture_for_which_a_page_answers_is_broken(media: str, expected: list[str]) -> None:
    url = "https://press.example.edu/x.png"
    told = Told(Answer(url, 200, media=media))
    found = look(place(url, picture=True), place(url, 2), told=told).diagnostics
    assert [(one.rule.name, one.span.start.line) for one in found] == [(name, 1) for name in expected]


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_says_where_to(status: int) -> None:
    url, new = "https://press.example.edu/old", "https://press.example.edu/new"
    told = Told()
    told.answers[url] = Answer(new, 200, hops=(Hop(status, new),))
    (found,) = look(place(url), told=told).diagnostics
    assert (found.rule.name, found.severity, found.fixable) == ("permanent-redirect", Severity.WARNING, True)
    assert new in found.hint


def test_findings_do_not_depend_on_the_order_of_answers() -> None:
    urls = [f"https://press{number}.example.edu/" for number in range(20)]
    places = [place(url, number + 1) for number, url in enumerate(urls)]
    answers = {url: Answer(url, (200, 404, 403, 500)[number % 4]) for number, url in enumerate(urls)}
    forward = look_outside(places, Rules(), {}, NOW, lambda _: answers)
    backward = look_outside(places, Rules(), {}, NOW, lambda _: dict(reversed(answers.items())))
    assert forward == backward
    assert write_records(forward.records, NOW) == write_records(backward.records, NOW)


def test_what_this_run_has_asked_is_believed_whatever_it_was() -> None:
    url = "https://press.example.edu/"
    first = look(place(url), told=Told(Answer(url, 500)))
    again = survey([place(url)], Rules(), first.records, NOW, first.heard)
    assert again.due == ()
    assert weigh(again, {}) == replace(first, asked=0, heard=frozenset())
    assert len(survey([place(url)], Rules(), first.records, NOW).due) == 1


def test_an_interrupted_run_says_how_much_is_missing() -> None:
    outside = look_outside(
        [place("https://a.example.edu/"), place("https://b.example.edu/")],
        Rules(),
        {},
        NOW,
        lambda questions: {questions[0].address.url: Answer(questions[0].address.url, 404)},
    )
    assert ([one.rule.name for one in outside.diagnostics], outside.unanswered) == (["broken-address"], 1)


def test_what_is_known_is_not_asked_again() -> None:
    url = "https://a.example.edu/"
    first = look(place(url))
    told = Told()
    second = look_outside([place(url)], Rules(), first.records, NOW + 60, told)
    assert (told.questions, second.asked, second.diagnostics) == ([], 0, ())
