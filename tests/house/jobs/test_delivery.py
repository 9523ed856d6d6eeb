"""Messages on their way to real gateways: taken once, tried again, given up, never silently."""

import logging
import socket
from datetime import timedelta
from email import message_from_bytes
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction

from juxian.actions import delivery as taking
from juxian.jobs.carriers.answers import NotTaken
from juxian.jobs.carriers.http import post_json
from juxian.jobs.carriers.robot import signature
from juxian.jobs.delivery import send_due
from juxian.records.clock import now
from juxian.records.models import Dispatch, Robot
from juxian.records.sealing import seal
from juxian.regulation.messages import Carrier, Occasion, RobotKind, State
from tests.house.clock import set_clock
from tests.house.jobs.gateways import http_gateway, https_gateway, mail_gateway
from tests.house.world import FILING, build

FINE = (200, {"code": "0"})
BUSY = (503, {})


@pytest.fixture
def sms(settings):
    """Puts the gateway in its place."""

    def use(gateway, **more):
        settings.SMS_URL, settings.GATEWAYS = f"{gateway.url}/send", [gateway.url]
        settings.SMS_ACCEPTED = "code=0"
        for name, value in more.items():
            setattr(settings, name, value)

    return use


def released(world, carrier=Carrier.SMS, **facts):
    moment = now()
    known = {
        "office": world.hospital,
        "occasion": Occasion.RETURNED,
        "carrier": carrier,
        "person": None if carrier is Carrier.ROBOT else world.applicant,
        "words": "{姓名}：请改好{text}。",
        "values": {"姓名": "王某某"},
        "key": f"key-{carrier}",
        "made_at": moment,
        "state": State.RELEASED,
        "due_at": moment,
    }
    return Dispatch.objects.create(**(known | facts))


def phoned(world, number="19900000101"):
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(phone=number)


def became(one):
    one.refresh_from_db()
    return one.state, one.reason, one.tries


def test_a_short_message_is_handed_over_once_with_its_key_and_no_log_has_the_number(
    world, sms, caplog
):
    caplog.set_level(logging.DEBUG)
    phoned(world)
    one = released(world)
    with http_gateway(FINE) as gateway:
        sms(gateway, SMS_BODY={"to": "{phone}", "words": "{text}", "id": "n-{key}"})
        send_due()
        send_due()

    ((path, headers, said),) = gateway.taken
    assert path == "/send"
    assert headers["Idempotency-Key"] == one.key
    assert said == {"to": "19900000101", "words": "【举贤】王某某：请改好。", "id": "n-key-sms"}
    assert became(one) == (State.SENT, "", 1)
    assert "19900000101" not in caplog.text


def test_a_busy_gateway_is_tried_again_later_and_given_up_in_the_end(world, sms):
    phoned(world)
    one = released(world)
    waited = []
    with http_gateway(BUSY) as gateway:
        sms(gateway)
        for _try in range(5):
            before = now()
            send_due()
            one.refresh_from_db()
            waited.append((one.due_at - before) // timedelta(minutes=1))
            set_clock(one.due_at)

    assert waited == [1, 5, 30, 120, 0]
    assert became(one) == (State.FAILED, "网关繁忙（503）", 5)
    assert len(gateway.taken) == 5


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((400, {}), (State.FAILED, "网关拒收（400）", 1)),
        ((200, {"code": "7"}), (State.FAILED, "网关没有接收，答复代码：7", 1)),
        ((500, {}), (State.UNCLEAR, "网关出错（500）", 1)),
        ((None, {}), (State.UNCLEAR, "发送后没有收到网关的答复", 1)),
        ((307, "http://127.0.0.1:1/"), (State.FAILED, "网关拒收（307）", 1)),
    ],
)
def test_what_was_refused_or_may_have_arrived_is_never_tried_again(world, sms, answer, outcome):
    phoned(world)
    one = released(world)
    with http_gateway(answer) as gateway:
        sms(gateway)
        send_due()
        set_clock(FILING + timedelta(hours=3))
        send_due()

    assert became(one) == outcome
    assert len(gateway.taken) == 1


def test_nothing_is_handed_to_an_inside_address_that_the_operator_did_not_name(settings):
    with http_gateway(FINE) as gateway:
        settings.GATEWAYS = [gateway.url]
        assert post_json(gateway.url, {}, {}) == {"code": "0"}  # it could be reached
        settings.GATEWAYS = []
        port = gateway.server_port
        for address, why in (
            (gateway.url, "网关地址须以 https:// 开头"),
            (f"https://127.0.0.1:{port}/", "网关在内部网络，没有列入允许的地址"),
            (f"https://localhost:{port}/", "网关在内部网络，没有列入允许的地址"),
            (f"https://[::ffff:127.0.0.1]:{port}/", "网关在内部网络，没有列入允许的地址"),
            ("https://169.254.169.254/latest/", "网关在内部网络，没有列入允许的地址"),
            (f"https://good.example@127.0.0.1:{port}/", "网关地址须以 https:// 开头"),
            ("file:///etc/passwd", "网关地址须以 https:// 开头"),
            ("https://x:port/", "网关地址须以 https:// 开头"),
        ):
            with pytest.raises(NotTaken) as refused:
                post_json(address, {}, {})
            assert (address, refused.value.reason) == (address, why)
        assert len(gateway.taken) == 1


def test_a_gateway_must_show_a_certificate_that_is_trusted(settings, tmp_path, monkeypatch):
    with https_gateway(tmp_path, FINE) as gateway:
        settings.GATEWAYS = [gateway.url]
        with pytest.raises(NotTaken, match="连不上网关"):
            post_json(gateway.url, {}, {})

        monkeypatch.setenv("SSL_CERT_FILE", str(gateway.certificate))
        assert post_json(gateway.url, {}, {}) == {"code": "0"}
        uncertified = gateway.url.replace("localhost", "127.0.0.1")
        settings.GATEWAYS = [uncertified]
        with pytest.raises(NotTaken, match="连不上网关"):
            post_json(uncertified, {}, {})


def test_a_gateway_that_is_down_is_tried_again(world, sms, settings):
    phoned(world)
    one = released(world)
    with socket.create_server(("127.0.0.1", 0)) as place:
        url = f"http://127.0.0.1:{place.getsockname()[1]}"
    settings.SMS_URL, settings.GATEWAYS = url, [url]

    send_due()

    assert became(one) == (State.RELEASED, "连不上网关", 1)


def test_nobody_is_written_to_at_night_and_who_gave_no_number_is_told_of(world, sms):
    one = released(world)
    set_clock(FILING.replace(hour=23))
    assert send_due() == 0

    set_clock(FILING.replace(day=17, hour=9))
    assert send_due() == 1
    assert became(one) == (State.FAILED, "没有留下手机号码", 1)


def test_files_take_the_place_of_a_gateway_for_demonstrations(world, settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"
    phoned(world)
    released(world, words="一行\n两行")

    send_due()

    (kept,) = (tmp_path / "sms").iterdir()
    assert kept.name == "2020-03-16.txt"
    assert kept.read_text() == "11:00:00\tkey-sms\t19900000101\t【举贤】一行 两行\n"


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        ((0, ""), (State.SENT, "", 1)),
        ((550, "rcpt"), (State.BOUNCED, "收件人的邮箱不存在或拒收", 1)),
        ((450, "rcpt"), (State.RELEASED, "收件人的邮箱暂时不收", 1)),
        ((554, "data"), (State.FAILED, "邮件服务器拒收（554）", 1)),
    ],
)
def test_mail_is_handed_to_a_server_that_may_refuse_it(world, settings, refusal, outcome):
    file = world.submitted()
    one = released(world, Carrier.MAIL, application=file)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_gateway(*refusal) as gateway:
        settings.EMAIL_HOST, settings.EMAIL_PORT = gateway.server_address
        send_due()

    assert became(one) == outcome
    for letter in gateway.taken:
        read = message_from_bytes(letter)
        assert read["To"] == "ayinur@example.cn"
        assert read["Message-ID"] == "<key-mail@localhost>"
        assert read.get_payload(decode=True).decode().strip() == "王某某：请改好。"


def test_a_robot_writes_to_the_offices_group_and_signs_as_dingtalk_wants(world, settings):
    secret = "SEC-for-tests"
    with http_gateway((200, {"errcode": 0}), (200, {"errcode": 310000})) as gateway:
        settings.GATEWAYS = [gateway.url]
        Robot.objects.create(
            office=world.hospital,
            kind=RobotKind.DINGTALK,
            sealed_url=seal(f"{gateway.url}/robot/send?access_token=t"),
            sealed_secret=seal(secret),
            set_by=world.hospital_handler,
            set_at=now(),
        )
        done = released(world, Carrier.ROBOT, key="first")
        send_due()
        refused = released(world, Carrier.ROBOT, key="second")
        send_due()

    path, _headers, said = gateway.taken[0]
    asked = parse_qs(urlsplit(path).query)
    assert said == {"msgtype": "text", "text": {"content": "王某某：请改好。"}}
    assert signature(secret, int(asked["timestamp"][0])).endswith(path.partition("&sign=")[2])
    assert became(done) == (State.SENT, "", 1)
    assert became(refused) == (State.FAILED, "工作群没有接收，答复代码：310000", 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_message():
    """The second looks while the first has taken it and not yet said so: it finds nothing."""
    released(build())
    found = []

    def look():
        found.append(taking.take())
        connection.close()

    with transaction.atomic():
        first = taking.take()
        second = Thread(target=look, daemon=True)
        second.start()
        second.join(timeout=10)

    assert first is not None
    assert found == [None]


def test_what_a_worker_lost_on_the_way_is_unclear_and_not_sent_again(world, sms):
    one = released(world)
    taking.take()
    set_clock(FILING + timedelta(minutes=16))
    with http_gateway(FINE) as gateway:
        sms(gateway)
        send_due()

    assert became(one) == (State.UNCLEAR, "发送中断，不知是否送达", 1)
    assert gateway.taken == []
