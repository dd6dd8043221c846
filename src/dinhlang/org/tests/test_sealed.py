"""Sealed values: unreadable without the key, bound to their place, renewed under another key."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.org import sealed
from dinhlang.org.sealed import FingerprintField, SealedTextField, Secret, Unreadable, seal, unseal

OLD, NEW = "o" * 40, "n" * 40
PLACE = "org.thing.token"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SEAL_KEYS = (OLD,)


@pytest.fixture
def thing(db):
    with isolate_apps("dinhlang.org"):

        class Thing(models.Model):
            token = SealedTextField(blank=True, default="")
            mark = FingerprintField(of="token", blank=True)

            class Meta:
                app_label = "org"

        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE org_thing (id INTEGER PRIMARY KEY, token TEXT NOT NULL, mark VARCHAR(64) NOT NULL)"
            )
        yield Thing


@given(st.text())
def test_what_is_sealed_opens_again_and_its_words_are_not_in_it(text):
    stored = seal(text, PLACE)
    assert unseal(stored, PLACE) == text
    assert len(text) < 8 or text not in stored
    assert seal(text, PLACE) != stored, "equal words must not look equal"


@pytest.mark.parametrize("change", ["place", "letter", "key", "form", "cut"])
def test_a_value_that_was_moved_or_changed_does_not_open(change, settings):
    stored, place = seal("mật", PLACE), PLACE
    if change == "place":
        place = "org.thing.other"
    if change == "letter":
        stored = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]
    if change == "key":
        settings.SEAL_KEYS = (NEW,)
    if change == "form":
        stored = "mật"
    if change == "cut":
        stored = stored[:20]
    with pytest.raises(Unreadable, match="khóa niêm"):
        unseal(stored, place)


def test_the_first_key_seals_and_every_key_opens(settings):
    before = seal("mật", PLACE)
    settings.SEAL_KEYS = (NEW, OLD)
    assert unseal(before, PLACE) == "mật"
    assert sealed.key_of(seal("mật", PLACE)) == sealed.key_in_use() != sealed.key_of(before)


def test_a_secret_shows_itself_only_when_asked():
    secret = Secret(place=PLACE, plain="EAAG-token")
    for told in (repr(secret), str(secret), f"{secret}", f"{[secret]}", f"{secret!r}"):
        assert "EAAG" not in told
    assert secret.shown() == "EAAG-token"
    assert not Secret(place=PLACE, plain="")


@pytest.mark.integration
def test_the_database_holds_no_word_of_it(thing):
    row = thing(id=1, token="EAAG-token")
    assert "EAAG" not in repr(row.__dict__), "not even before it is saved"
    row.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, mark FROM org_thing")
        stored, mark = cursor.fetchone()
    assert "EAAG" not in stored + mark
    assert stored.startswith("s1.")
    again = thing.objects.get()
    assert again.token.shown() == "EAAG-token"
    assert thing.objects.get(mark__in=sealed.fingerprints(thing, "mark", "EAAG-token")) == again


@pytest.mark.integration
def test_an_empty_value_stays_empty_so_that_it_can_be_asked_for(thing):
    thing.objects.create(id=1)
    assert thing.objects.filter(token="").count() == 1
    assert not thing.objects.get().token
    assert thing.objects.get().mark == ""


@pytest.mark.integration
@pytest.mark.parametrize("lookup", ["token", "token__contains", "token__in"])
def test_a_search_by_its_words_is_refused_instead_of_finding_nothing(thing, lookup):
    with pytest.raises(FieldError):
        thing.objects.filter(**{lookup: "EAAG"}).exists()


@pytest.mark.integration
def test_a_lost_key_spoils_no_list_and_is_said_where_the_value_is_needed(thing, settings):
    thing.objects.create(id=1, token="EAAG-token")
    settings.SEAL_KEYS = (NEW,)
    (row,) = thing.objects.all()
    assert row.token
    assert not row.token.is_readable()
    with pytest.raises(Unreadable):
        row.token.shown()
    assert sealed.renew([thing]) == (0, 1)


@pytest.mark.integration
def test_renewing_puts_everything_under_the_new_key(thing, settings):
    for number in range(1, 4):
        thing.objects.create(id=number, token=f"token {number}")
    thing.objects.create(id=4)
    settings.SEAL_KEYS = (NEW, OLD)
    found_before = thing.objects.get(mark__in=sealed.fingerprints(thing, "mark", "token 2"))
    assert sealed.renew([thing]) == (3, 0)
    assert sealed.renew([thing]) == (0, 0), "a second run finds nothing to do"
    settings.SEAL_KEYS = (NEW,)
    assert [row.token.shown() for row in thing.objects.order_by("id")] == [
        "token 1",
        "token 2",
        "token 3",
        "",
    ]
    assert thing.objects.get(mark=sealed.fingerprint("token 2", PLACE)) == found_before
    assert sealed.count_by_key([thing]) == {sealed.key_in_use(): 3}


@pytest.mark.integration
def test_renewing_leaves_what_somebody_saved_meanwhile(thing, settings):
    thing.objects.create(id=1, token="cũ")
    settings.SEAL_KEYS = (NEW, OLD)
    stale = thing.objects.get()
    thing.objects.filter(pk=1).update(token="mới")
    assert sealed._renew_row(stale) == (0, 0)
    assert thing.objects.get().token.shown() == "mới"
