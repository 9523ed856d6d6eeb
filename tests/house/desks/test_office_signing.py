"""Three people of one office: one proposes, one reviews, one signs (经办、复核、审签)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from juxian.actions import verification
from juxian.actions.signing import Draft, agree, put_forward
from juxian.records.clock import now, today
from juxian.records.models import Correction, Handling, Proposal, Signature, Trace
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotReady
from juxian.regulation.words import Act, Role
from tests.house.access.matrix_world import matrix_world, submitted
from tests.house.actions.refusing import refused
from tests.house.desks.office_world import at, says, send, text

pytestmark = pytest.mark.django_db
CHECK = 'code = "nominator_check"\nkind = "verify"\n'
YES = {"peers": True, "employer_notice_held": True, "eligible": True}
SIGNED = CHECK + 'signing = ["handler", "reviewer", "signatory"]\n'


@pytest.fixture
def posts(db, settings, tmp_path):
    return matrix_world(settings, tmp_path, changes=((CHECK, SIGNED),))


@pytest.fixture
def file(posts):
    sent = submitted(posts)
    posts.pass_until("nominator_check", sent)
    return sent


def signed_in(client, who):
    client.force_login(who)
    return client


def proposed(client, posts, file, opinion="材料齐全，建议通过"):
    data = {f"point:{code}": "yes" for code in YES}
    handler = signed_in(client, posts.kashgar_handler)
    return send(handler, "endorse", file.number, opinion=opinion, **data)


def signs(client, who, file, words="", agrees="yes"):
    return send(signed_in(client, who), "sign", file.number, agrees=agrees, words=words)


def place(file):
    file.refresh_from_db()
    return file.step, file.standing


def test_only_the_last_signature_moves_the_file(client, posts, file):
    first = proposed(client, posts, file)
    after_first = place(file)
    second = signs(client, posts.kashgar_reviewer, file, "属实")
    after_second = place(file)
    third = signs(client, posts.kashgar_signatory, file)

    assert [says(one) for one in (first, second, third)] == [
        ["已拟办，送复核。"],
        ["已签署，送下一人。"],
        ["已签署并办理。"],
    ]
    assert after_first == after_second == ("nominator_check", "open")
    assert place(file) == ("nominator_recheck", "open")
    done = Handling.objects.latest("pk")
    assert (done.act, done.by, done.opinion) == (
        "endorse",
        posts.kashgar_signatory,
        "材料齐全，建议通过",
    )
    assert [(one.role, one.by.login, one.agrees) for one in Signature.objects.order_by("pk")] == [
        ("handler", "kashgar_handler", True),
        ("reviewer", "kashgar_reviewer", True),
        ("signatory", "kashgar_signatory", True),
    ]
    assert Proposal.objects.get().ended_at is not None
    acts = list(Trace.objects.filter(act__in=("propose", "sign")).values_list("act", flat=True))
    assert sorted(acts) == ["propose", "sign", "sign"]


def test_nobody_alone_gets_past_the_door(posts, file):
    def around():
        verification.endorse(file.pk, by=posts.kashgar_handler, opinion="同意")

    refused(NotReady, "^本环节须依次签署，请先拟办", around, file)
    put_forward(file.pk, Draft(Act.ENDORSE, "同意", points=YES), by=posts.kashgar_handler)
    refused(NotReady, "^本环节须依次签署，请先拟办", around, file)


def test_a_proposal_that_is_signed_does_only_what_it_proposes(posts, file):
    put_forward(file.pk, Draft(Act.ENDORSE, "同意", points=YES), by=posts.kashgar_handler)
    Proposal.objects.update(awaits="")

    refused(
        NotReady,
        "^本环节须依次签署",
        lambda: verification.reject(file.pk, by=posts.kashgar_signatory, opinion="不符合"),
        file,
    )


def test_each_finds_it_in_their_own_list_and_nobody_else_does(client, posts, file):
    number = file.number
    proposed(client, posts, file)

    handler = text(at(signed_in(client, posts.kashgar_handler), "inbox"))
    signatory = text(at(signed_in(client, posts.kashgar_signatory), "inbox"))
    reviewer = text(at(signed_in(client, posts.kashgar_reviewer), "inbox"))
    own = text(at(client, "file", number))

    assert (number in handler, number in signatory, number in reviewer) == (False, False, True)
    assert "1 份等待您复核或审签" in reviewer
    assert "去复核" in own
    assert "已拟办：审核通过，等候复核" in own
    signs(client, posts.kashgar_reviewer, file)
    assert number not in text(at(client, "inbox", tab="signing"))
    assert number in text(at(signed_in(client, posts.kashgar_signatory), "inbox", tab="signing"))


def test_every_button_says_that_it_proposes_and_who_signs_next(client, posts, file):
    handler = signed_in(client, posts.kashgar_handler)
    asked = {"item": "summary.deeds", "reason:summary.deeds": "unclear", "preview": "1"}
    asked |= {"words:summary.deeds": "请写明县数。", "opinion": "请修改", "due_on": "2020-04-20"}
    asked |= {"to": "send_back"}

    endorsing = text(at(handler, "endorse", file.number))
    rejecting = text(at(handler, "reject", file.number))
    returning = text(send(handler, "send_back", file.number, **asked))

    assert "拟办：审核通过，送复核</button>" in endorsing
    assert "拟办：不予通过</button>" in rejecting
    assert "送复核，逐人签署以后" in rejecting
    assert "拟办：退回修改，共 1 处，送复核</button>" in returning


def test_who_does_not_sign_is_told_whose_turn_it_is(client, posts, file):
    proposed(client, posts, file)

    answer = at(signed_in(client, posts.kashgar_handler), "sign", file.number)

    assert says(answer)[-1] == "现在等候复核签署，不由您办理"
    assert answer.status_code == 302


def test_while_it_waits_the_handler_has_no_buttons(client, posts, file):
    proposed(client, posts, file)

    page = text(at(signed_in(client, posts.kashgar_handler), "file", file.number))
    again = proposed(client, posts, file)

    assert f'href="/office/files/{file.number}/endorse/"' not in page
    assert again.status_code == 422
    assert f"{posts.kashgar_handler.name}已经拟办“审核通过”，正在等候签署" in text(again)


def test_a_proposal_given_back_comes_to_the_handler_with_words(client, posts, file):
    proposed(client, posts, file)

    mute = signs(client, posts.kashgar_reviewer, file, agrees="no")
    answer = signs(client, posts.kashgar_reviewer, file, "聘任时间请再核", agrees="no")
    handler = signed_in(client, posts.kashgar_handler)

    assert (mute.status_code, answer.status_code) == (422, 302)
    assert "请写明退回经办的理由" in text(mute)
    assert file.number in text(at(handler, "inbox"))
    page = text(at(handler, "file", file.number))
    assert "拟办的“审核通过”由复核退回，请重新办理" in page
    assert "聘任时间请再核" in page
    assert proposed(client, posts, file).status_code == 302
    assert place(file) == ("nominator_check", "open")


def test_one_person_with_all_three_posts_does_not_sign_after_themselves(client, posts, file):
    everything = posts.kashgar_all
    put_forward(file.pk, Draft(Act.ENDORSE, "同意", points=YES), by=everything)
    pk = Proposal.objects.get().pk

    answer = signs(client, everything, file)
    agree(pk, by=posts.kashgar_reviewer)
    signs(client, everything, file)

    assert answer.status_code == 422
    assert "同一人不能连续签署两次" in text(answer)
    assert place(file) == ("nominator_recheck", "open")


def test_only_whose_turn_it_is_signs(posts, file):
    put_forward(file.pk, Draft(Act.ENDORSE, "同意", points=YES), by=posts.kashgar_handler)
    pk = Proposal.objects.get().pk

    refused(
        NotAllowed,
        "^现在等候复核签署，不由您办理$",
        lambda: agree(pk, by=posts.kashgar_signatory),
        file,
    )
    refused(NotAllowed, "^由经办拟办$", lambda: put_forward_as(posts.kashgar_signatory, file), file)
    assert Signature.objects.count() == 1


def put_forward_as(who, file):
    put_forward(file.pk, Draft(Act.REJECT, "不符合"), by=who)


def returned(client, posts, file, to):
    """Proposed and signed by all; what the reviewer was shown, and what was asked of the
    applicant before the last signature."""
    due = today() + timedelta(days=5)
    data = {
        "to": to,
        "item": "title.titles",
        "reason:title.titles": "mismatch",
        "words:title.titles": "取得年月不一致",
        "opinion": "请修改",
        "due_on": due.isoformat(),
    }
    signed_in(client, posts.kashgar_handler).post(f"/office/files/{file.number}/send-back/", data)
    shown = text(at(signed_in(client, posts.kashgar_reviewer), "sign", file.number))
    signs(client, posts.kashgar_reviewer, file)
    before = Correction.objects.exists()
    signs(client, posts.kashgar_signatory, file)
    return shown, before


def test_a_return_is_signed_with_everything_it_asks(client, posts, file):
    shown, before = returned(client, posts, file, "send_back")

    assert "取得年月不一致" in shown
    assert before is False
    assert Correction.objects.get().items.get().words == "取得年月不一致"
    assert place(file) == ("fill", "returned")


def test_a_return_one_level_down_is_signed_as_well(client, posts, file):
    shown, _before = returned(client, posts, file, "send_down")

    assert ("退回下一级" in shown, "取得年月不一致" in shown) == (True, True)
    assert not Correction.objects.exists()
    assert place(file) == ("county_check", "open")
    assert "取得年月不一致" in file.handlings.latest("pk").opinion


def test_what_the_act_would_refuse_is_refused_when_it_is_proposed(posts, file):
    refused(NotReady, "^请填写理由或意见$", lambda: put_forward_blank(posts, file), file)
    assert not Proposal.objects.exists()


def put_forward_blank(posts, file):
    put_forward(file.pk, Draft(Act.REJECT, " "), by=posts.kashgar_handler)


def test_a_file_that_is_withdrawn_leaves_no_proposal_open(client, posts, file):
    proposed(client, posts, file)
    client.force_login(file.applicant)
    send(client, "withdraw", file.number, desk="applicant", confirmed="on", opinion="另有安排")
    file.refresh_from_db()

    assert file.standing == "withdrawn"
    assert Proposal.objects.get().ended_at is not None
    answer = signs(client, posts.kashgar_reviewer, file)
    assert says(answer) == ["这份申报没有等待签署的拟办，可能刚刚由他人办理。"]


def test_levels_below_read_nothing_of_it(client, posts, file):
    proposed(client, posts, file)
    signs(client, posts.kashgar_reviewer, file, "聘任时间请再核", agrees="no")

    page = text(at(signed_in(client, posts.hospital_handler), "file", file.number))

    assert "聘任时间请再核" not in page
    assert "拟办" not in page


def test_the_database_keeps_one_open_proposal_and_every_signature_as_given(posts, file):
    put_forward(file.pk, Draft(Act.ENDORSE, "同意", points=YES), by=posts.kashgar_handler)
    one = Proposal.objects.get()
    one.pk = None
    one.proposed_at = now()

    with pytest.raises(IntegrityError, match="one_open_proposal"), transaction.atomic():
        one.save()
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Signature.objects.update(agrees=False, words="改")


def test_a_pack_without_signatures_is_done_by_one(posts):
    step = pack_of(posts.cycle).procedure.step("employer_check")

    assert (step.signing, step.role) == ((), Role.HANDLER)
