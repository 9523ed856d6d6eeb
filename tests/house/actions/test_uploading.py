"""Uploads in pieces: what arrived is kept, the whole is attached once, nothing is left behind."""

import os
import threading
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction

from juxian.actions import evidence, uploading
from juxian.actions.uploading import Announced
from juxian.jobs.tasks import expire_uploads
from juxian.records.clock import now
from juxian.records.models import Application, Evidence, Upload
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.selectors.evidence import path_of
from juxian.selectors.uploading import part_of, parts_dir
from tests.house.actions.test_evidence import pdf
from tests.house.actions.unchanged import refuses
from tests.house.clock import set_clock
from tests.house.world import build, kept_of

PAPER = pdf(pages=2)
HALF = len(PAPER) // 2


@pytest.fixture
def drafted(world):
    return world.professional_draft()


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """What is done once a piece is kept happens as it would in its own transaction."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def begin(world, file, content=PAPER, **facts):
    by = facts.pop("by", world.applicant)
    known = {"material": "other", "title": "任命文件", "mark": "m1", "size": len(content)} | facts
    return uploading.begin_upload(file.pk, Announced(**known), by=by)


def send(world, upload, offset, content, by=None):
    by = by or world.applicant
    return uploading.append(upload.key, by=by, offset=offset, content=content)


@pytest.mark.clause("R61")
def test_a_file_in_two_pieces_is_attached_with_its_last_byte(world, drafted, committing):
    claim = f"career.records.{1}"
    upload = begin(world, drafted, claim=claim)

    first = send(world, upload, 0, PAPER[:HALF])
    assert (first.offset, first.evidence, part_of(upload.key).stat().st_size) == (HALF, None, HALF)
    with committing():
        last = send(world, upload, HALF, PAPER[HALF:])

    given = Evidence.objects.get(pk=last.evidence_id)
    assert (given.title, given.claim, given.material) == ("任命文件", claim, "other")
    assert path_of(given.file_id).read_bytes() == kept_of(PAPER)
    assert list(parts_dir().iterdir()) == []


def test_files_on_their_way_count_towards_what_a_material_takes(world, drafted):
    Evidence.objects.filter(application=drafted, material="id_card").delete()
    said = "“居民身份证”最多2个文件，请先移除不需要的，或点“更改”换成新的"
    begin(world, drafted, material="id_card", mark="front")
    back = begin(world, drafted, material="id_card", mark="back")

    third = Announced(material="id_card", title="又一份", mark="again", size=len(PAPER))
    refuses(
        NotReady,
        said,
        uploading.begin_upload,
        application_id=drafted.pk,
        file=third,
        by=world.applicant,
    )

    given = Evidence.objects.get(pk=send(world, back, 0, PAPER).evidence_id)
    refuses(
        NotReady,
        said,
        uploading.begin_upload,
        application_id=drafted.pk,
        file=third,
        by=world.applicant,
    )
    assert begin(world, drafted, material="id_card", mark="new", replaces=given.pk).pk


def test_a_material_filled_meanwhile_refuses_the_last_byte_and_ends_the_upload(world, drafted):
    Evidence.objects.filter(application=drafted, material="id_card").delete()
    late = begin(world, drafted, material="id_card")
    for pages in (3, 4):
        evidence.attach(
            drafted.pk, by=world.applicant, material="id_card", title="", content=pdf(pages)
        )

    with pytest.raises(NotReady, match="“居民身份证”最多2个文件"):
        send(world, late, 0, PAPER)

    assert not Upload.objects.filter(pk=late.pk).exists()
    assert Evidence.objects.filter(application=drafted, material="id_card").count() == 2


def test_the_last_piece_sent_again_answers_with_what_was_made(world, drafted):
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])

    made = send(world, upload, HALF, PAPER[HALF:])
    again = send(world, upload, HALF, PAPER[HALF:])

    assert again.evidence_id == made.evidence_id
    assert Evidence.objects.filter(application=drafted, title="任命文件").count() == 1


def test_a_piece_that_does_not_begin_where_the_kept_ones_end_is_refused(world, drafted):
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])

    for offset in (0, HALF + 1):
        with pytest.raises(Stale, match="正在另一处上传"):
            send(world, upload, offset, b"x")

    assert part_of(upload.key).read_bytes() == PAPER[:HALF]
    send(world, upload, HALF, PAPER[HALF:])


def test_bytes_that_reached_the_disk_but_not_the_record_are_written_over(world, drafted):
    """As after a crash between the two."""
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])
    with part_of(upload.key).open("ab") as part:
        part.write(b"torn")

    made = send(world, upload, HALF, PAPER[HALF:])

    assert path_of(made.evidence.file_id).read_bytes() == kept_of(PAPER)


def test_the_same_file_begun_again_goes_on_where_it_stopped(world, drafted):
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])

    again = begin(world, drafted, claim="career.records.2")

    assert (again.key, again.offset, again.claim) == (upload.key, HALF, "career.records.2")
    assert begin(world, drafted, mark="m2").key != upload.key
    assert begin(world, drafted, mark="").key != begin(world, drafted, mark="").key


REFUSED = {
    "empty": ({"size": 0}, "这个文件是空的，请重新选择"),
    "large": ({"size": 20 * 1024**2 + 1}, "文件超过20MB，请降低扫描分辨率或分成几份上传"),
    "material": ({"material": "poems"}, "没有这类材料"),
    "gone": ({"replaces": 0}, "要更换的文件已经移除，请刷新页面后再传"),
}


@pytest.mark.parametrize(("facts", "said"), REFUSED.values(), ids=REFUSED)
def test_what_could_not_be_kept_is_refused_before_its_first_byte(world, drafted, facts, said):
    refuses(NotReady, said, begin, world=world, file=drafted, **facts)


def test_only_the_applicant_uploads_and_only_into_an_open_slot(world, drafted):
    refuses(
        NotAllowed,
        "只有申报人本人或受其委托的单位经办人可以填写",
        begin,
        world=world,
        file=drafted,
        by=world.stranger,
    )
    upload = begin(world, drafted)
    with pytest.raises(Upload.DoesNotExist):
        send(world, upload, 0, PAPER, by=world.stranger)
    world.submit(drafted)
    with pytest.raises(NotPossible, match="已提交的申报不能修改"):
        send(world, upload, 0, PAPER)
    assert not Upload.objects.exists()


def test_a_file_that_cannot_be_opened_is_refused_and_leaves_nothing(world, drafted, committing):
    upload = begin(world, drafted, size=30)
    send(world, upload, 0, b"nothing ")

    with committing(), pytest.raises(NotReady, match="这是文本文件，请另存为PDF再上传"):
        send(world, upload, 8, b"that can be opened....")

    assert not Upload.objects.exists()
    assert list(parts_dir().iterdir()) == []


def test_more_bytes_than_were_announced_end_the_upload(world, drafted):
    upload = begin(world, drafted, size=10)

    with pytest.raises(NotReady, match="文件在上传时变了"):
        send(world, upload, 0, PAPER)

    assert not Upload.objects.exists()


def test_an_upload_whose_part_was_lost_is_to_be_begun_again(world, drafted):
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])
    part_of(upload.key).unlink()

    with pytest.raises(NotReady, match="已传的部分已经不在"):
        send(world, upload, HALF, PAPER[HALF:])

    assert not Upload.objects.exists()


def test_a_file_may_take_the_place_of_another(world, drafted):
    old = Evidence.objects.get(application=drafted, material="id_card")
    upload = begin(world, drafted, material="id_card", title="", replaces=old.pk)

    made = send(world, upload, 0, PAPER)

    old.refresh_from_db()
    assert old.removed_at is not None
    assert (made.evidence.position, made.evidence.title) == (old.position, old.title)


def test_the_twenty_first_open_upload_is_refused_until_one_is_given_up(world, drafted):
    first, *_others = [begin(world, drafted, mark=f"m{n}") for n in range(uploading.MOST_OPEN)]
    said = "没有传完的文件已有20个，请先继续传完，或放弃其中一些"

    refuses(NotReady, said, begin, world=world, file=drafted, mark="one more")
    uploading.discard(first.key, by=world.stranger)
    refuses(NotReady, said, begin, world=world, file=drafted, mark="one more")
    uploading.discard(first.key, by=world.applicant)
    begin(world, drafted, mark="one more")


def test_what_is_on_its_way_counts_as_if_it_were_there(world, drafted, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 10_000_000)
    begin(world, drafted, size=9_000_000)
    said = "证明材料合计不能超过9MB，请移除不需要的，或降低扫描分辨率后再传"

    refuses(NotReady, said, begin, world=world, file=drafted, size=1_000_000, mark="m2")
    monkeypatch.setattr(evidence, "MOST_PER_PERSON", Evidence.objects.count() + 1)
    with pytest.raises(NotReady, match="最多上传"):
        begin(world, drafted, size=9, mark="m3")


def test_after_a_day_what_nobody_went_on_with_is_gone(world, drafted, committing):
    upload, finished = begin(world, drafted), begin(world, drafted, mark="m2")
    send(world, upload, 0, PAPER[:HALF])
    with committing():
        made = send(world, finished, 0, PAPER).evidence
    later = begin(world, drafted, mark="m3")
    Upload.objects.filter(pk=later.pk).update(expires_at=now() + timedelta(days=3))
    set_clock(now() + timedelta(days=1, minutes=1))

    with committing():
        expire_uploads(0)

    assert list(parts_dir().iterdir()) == []
    assert list(Upload.objects.all()) == [later]
    assert Evidence.objects.get(pk=made.pk).removed_at is None


def test_a_part_is_overwritten_before_it_is_removed(world, drafted, tmp_path):
    """What a second name of the file shows, once the first is gone."""
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])
    os.link(part_of(upload.key), tmp_path / "second")

    uploading._shred(part_of(upload.key))
    uploading._shred(part_of(upload.key))

    assert (tmp_path / "second").read_bytes() == bytes(HALF)
    assert not part_of(upload.key).exists()


def test_a_part_that_no_upload_knows_goes_once_it_is_a_day_old(world, drafted):
    expire_uploads(0)
    upload = begin(world, drafted)
    send(world, upload, 0, PAPER[:HALF])
    old, young = parts_dir() / "old", parts_dir() / "young"
    for part in (old, young):
        part.write_bytes(b"left behind")
    a_day_ago = time.time() - 86_401
    for part in (old, part_of(upload.key)):
        os.utime(part, (a_day_ago, a_day_ago))

    expire_uploads(0)

    assert set(parts_dir().iterdir()) == {young, part_of(upload.key)}


def at_once(*acts):
    """Each in a thread and a connection of its own; what they answered or how they were refused."""
    outcomes = []

    def run(act):
        try:
            act()
            outcomes.append("kept")
        except (Stale, NotReady) as refusal:
            outcomes.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


def meeting(act):
    """The act, which then waits for the other thread to have done it too."""
    met = threading.Barrier(2)

    def together(*args, **said):
        answer = act(*args, **said)
        with suppress(threading.BrokenBarrierError):  # with the lock held the other never comes
            met.wait(timeout=1)
        return answer

    return together


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [False, True], ids=["planted fault", "as it is"])
def test_of_two_pieces_for_one_place_one_is_kept(monkeypatch, is_guarded):
    world = build()
    upload = begin(world, world.professional_draft())
    unguarded = lambda key, by: Upload.objects.get(key=key, begun_by=by)  # noqa: E731
    guard = uploading._locked if is_guarded else unguarded
    monkeypatch.setattr(uploading, "_locked", meeting(guard))
    pieces = (PAPER[:HALF], b"x" * HALF)

    outcomes = at_once(*(lambda piece=piece: send(world, upload, 0, piece) for piece in pieces))

    fair = ["kept", "这个文件正在另一处上传，请稍候再继续"]
    assert (outcomes == fair) == is_guarded
    assert part_of(upload.key).read_bytes() in pieces


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [False, True], ids=["planted fault", "as it is"])
def test_of_two_files_for_the_last_place_one_is_attached(monkeypatch, is_guarded):
    world = build()
    drafted = world.professional_draft()
    last = Evidence.objects.filter(application=drafted).count() + 1
    monkeypatch.setattr(evidence, "MOST_PER_PERSON", last)
    monkeypatch.setattr(evidence, "check_room", meeting(evidence.check_room))
    if not is_guarded:
        unguarded = lambda pk, by: Application.objects.select_related("cycle").get(pk=pk)  # noqa: E731
        monkeypatch.setattr(evidence, "filled_by", unguarded)

    def attach():
        with transaction.atomic():
            evidence.attach(
                drafted.pk, by=world.applicant, material="other", title="", content=PAPER
            )

    outcomes = at_once(attach, attach)

    assert (outcomes == ["kept", f"最多上传{last}份证明材料"]) == is_guarded
