"""Every page that people of a plan reach, as the people who reach it: axe finds nothing, nothing scrolls sideways.

The pages of schools are looked at in `test_every_school_page`, so that two workers can share the walks.
"""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE
from tests.journeys.walking import OF_SCHOOLS, SEEN, look_on_a_walk, names

# Who walks through the pages, and where each begins.
WALKS = {
    "hechuan-office": ("/inbox", "/posts", "/password", "/people/organs/999999", "/styleguide", "/styleguide?faults=1"),
    "hechuan-leader": ("/inbox", "/leader"),
    "hechuan-fire": ("/lists?text=消防安全", "/inbox", "/apply"),
    "hechuan-civil": ("/inbox",),
    "hechuan-expert": ("/inbox",),
    "hechuan-late": ("/inbox",),
    "hebi-leader": ("/inbox", "/lists"),
}


@pytest.mark.parametrize("persona", WALKS)
def test_nothing_is_wrong_with_any_page_somebody_reaches(persona: str, full_site: str, visit: Visit) -> None:
    visitor = visit(full_site, viewport=PHONE)
    if persona:
        visitor.be(persona)
    look_on_a_walk(visitor, WALKS[persona])


def test_every_address_was_looked_at_or_says_why_not() -> None:
    """Last in this module: what no walker reached is a page nobody can find, or needs a walker."""
    if not SEEN:
        pytest.skip("the walks were not run")
    assert sorted(names() - OF_SCHOOLS - SEEN) == []
