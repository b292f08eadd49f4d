"""At the gate only the same name admits; a near one is shown and refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.packfile.gate import Answer, ask, near, normalised

LISTED = ("消防安全知识进课堂", "法治副校长进校园", "Read & Write (Spring)")


@pytest.mark.proves("A14")
def test_the_name_as_it_is_listed_admits() -> None:
    assert ask("法治副校长进校园", LISTED) == Answer("admit", "法治副校长进校园", "exact")


@pytest.mark.parametrize("said", ["　消防安全 知识进课堂。", "「消防安全知识进课堂」", "消防安全—知识进课堂"])
def test_width_space_and_punctuation_do_not_matter(said: str) -> None:
    assert ask(said, LISTED) == Answer("admit", "消防安全知识进课堂", "normalised")


def test_full_width_letters_and_case_do_not_matter() -> None:
    assert ask("ＲＥＡＤ＆write spring", LISTED).verdict == "admit"


def test_a_near_name_is_refused_and_what_it_is_near_to_is_shown() -> None:
    answer = ask("消防安全知识进校园", LISTED)
    assert answer.verdict == "refuse"
    assert answer.near[0] == "消防安全知识进课堂"
    assert ask("消防安全", LISTED) == Answer("refuse", near=("消防安全知识进课堂",))


@pytest.mark.parametrize("said", ["", "　", "。。。", "\u200b"])
def test_saying_nothing_is_refused(said: str) -> None:
    assert ask(said, (*LISTED, "!!!")) == Answer("refuse")
    assert near(said, LISTED) == ()


@given(st.text(max_size=40))
def test_a_listed_name_always_admits_and_normalising_twice_is_once(name: str) -> None:
    assert ask(name, (name,)).verdict == "admit"
    assert normalised(normalised(name)) == normalised(name)


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_only_a_listed_name_admits(name: str, listed: list[str]) -> None:
    answer = ask(name, listed)
    same = [one for one in listed if one == name or (normalised(name) and normalised(one) == normalised(name))]
    assert (answer.verdict == "admit") == bool(same)
