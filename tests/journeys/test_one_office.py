"""Three people of one office: one proposes, one reviews, one signs (经办、复核、审签)."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect

from juxian.records.models import Application
from juxian.records.packs import pack_named
from juxian.regulation.words import Role
from tests.journeys import deskwork
from tests.journeys.standing import Ground, QuickArgon2, Site, standing
from tests.journeys.visitor import PHONE, Visitor

PACKS = Path(__file__).parents[2] / "packs"
CHECK = 'code = "nominator_check"\nkind = "verify"\n'
SIGNED = CHECK + 'signing = ["handler", "reviewer", "signatory"]\n'
CODE = "signed-2020"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, shared_ground: Ground, django_db_blocker
) -> Iterator[Site]:
    """A site whose call wants three signatures at the prefecture."""
    folder = tmp_path_factory.mktemp("one_office")
    packs = folder / "packs"
    shutil.copytree(PACKS, packs)
    shutil.copytree(PACKS / shared_ground.world.cycle.pack, packs / CODE)
    call = packs / CODE / "call.toml"
    text = call.read_text(encoding="utf-8")
    assert text.count(CHECK) == 1
    call.write_text(text.replace(CHECK, SIGNED), encoding="utf-8")
    quick = [f"{QuickArgon2.__module__}.{QuickArgon2.__name__}"]
    with (
        django_db_blocker.unblock(),
        override_settings(PACKS_DIR=packs, PASSWORD_HASHERS=quick),
        standing(folder, shared_ground) as made,
    ):
        cycle = made.world.cycle
        cycle.pack, cycle.pack_digest = CODE, pack_named(CODE).digest
        cycle.save()
        for role in (Role.REVIEWER, Role.SIGNATORY):
            made.world.add_officer(f"kashgar_{role}", f"喀什{role}", "kashgar", role)
        yield made
        assert "Traceback" not in made.log, made.log


@pytest.fixture
def file(site: Site) -> Application:
    sent = site.world.submitted()
    site.world.pass_until("nominator_check", sent)
    return sent


@pytest.mark.clause("R47", "R63")
def test_a_file_leaves_the_office_with_three_names_on_it(
    file: Application, comes: Callable[..., Visitor]
) -> None:
    handler, reviewer, signatory = (
        comes(f"kashgar_{role}") for role in (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY)
    )
    proposes(handler, file, "材料齐全，建议通过。")
    cannot_sign_alone(handler, file)
    gives_it_back(reviewer, handler, file)
    proposes(handler, file, "已核对原件，建议通过。")
    agrees(reviewer, file, "同意，送审签", "已签署，送下一人")
    agrees(signatory, file, "同意，办理“审核通过”", "已签署并办理")
    handler.open(f"/office/files/{file.number}/")
    handler.is_whose_turn("推荐单位评审")
    handler.picture("三人签署以后")


def proposes(handler: Visitor, file: Application, opinion: str) -> None:
    deskwork.write_endorsement(handler, file.name, opinion)
    handler.press("拟办", exact=False)
    handler.is_told("已拟办，送复核")


def cannot_sign_alone(handler: Visitor, file: Application) -> None:
    """Who proposed it is led back to the file, where there is nothing to sign."""
    handler.open(f"/office/files/{file.number}/sign/")
    handler.picture("经办看到等候复核")
    handler.is_told("现在等候复核签署，不由您办理")


def gives_it_back(reviewer: Visitor, handler: Visitor, file: Application) -> None:
    """Not without a reason; the one who proposed reads it."""
    opened_to_sign(reviewer, file)
    expect(reviewer.page.locator(".turn").first).to_contain_text("推荐单位审核，等候复核")
    reviewer.press("退回经办")
    reviewer.is_told("请写明退回经办的理由")
    reviewer.picture("退回经办没有理由")
    reviewer.fill(words="证书编号与原件不一致，请核对。")
    reviewer.press("退回经办")
    reviewer.is_told("已退回经办，理由已记录")
    handler.open(f"/office/files/{file.number}/")
    handler.sees("证书编号与原件不一致，请核对。")
    handler.picture("经办看到退回")


def opened_to_sign(who: Visitor, file: Application) -> None:
    who.open("/office/?tab=signing")
    who.picture("待我签署")
    who.follow(file.name, within=who.page.locator("main form"))
    who.picture("等候签署的申报")
    who.page.get_by_role("link", name=re.compile("复核|审签")).first.click()
    who.picture("签署")
    who.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    who.picture("签署-手机")
    who.page.set_viewport_size({"width": 1280, "height": 900})


def agrees(who: Visitor, file: Application, button: str, told: str) -> None:
    opened_to_sign(who, file)
    who.press(button)
    who.is_told(told)
