"""The form of every act: how it sums up what is amiss in it."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse

from juxian.desks.common.forms import PlainForm
from juxian.desks.secretariat.forms import AllotmentForm
from juxian.regulation.refusal import NotReady


class Asking(PlainForm):
    days = forms.CharField(label="天数")
    way = forms.ChoiceField(
        label="方式", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect, required=False
    )


def summary(form):
    return render_to_string("components/faults.html", {"form": form})


def asked(**given):
    form = Asking({"days": "3"} | given)
    assert form.is_valid()
    return form


@pytest.mark.django_db
def test_a_refused_form_counts_its_faults_and_leads_to_each(client, world):
    html = client.post(reverse("public:progress"), {"number": "", "name": ""}).content.decode()

    assert "有 2 处需要修改" in html
    assert '<a href="#id_number">受理编号：' in html
    assert '<a href="#id_name">申报人姓名：' in html


class Unsaid(PlainForm):
    place = forms.CharField(label="地点")
    way = forms.ChoiceField(label="方式", choices=[("a", "甲")])
    scan = forms.FileField(label="扫描件")
    sure = forms.BooleanField(label="已核对")
    reason = forms.CharField(label="理由", error_messages={"required": "请写明理由"})


def test_an_empty_field_says_what_to_do_and_keeps_words_of_its_own():
    said = {name: list(sentences) for name, sentences in Unsaid({}).errors.items()}

    assert said == {
        "place": ["请填写"],
        "way": ["请选择"],
        "scan": ["请选择文件"],
        "sure": ["请勾选确认"],
        "reason": ["请写明理由"],
    }


@pytest.mark.parametrize("given", ["-1", "1000", "三", "2.5"])
def test_a_number_of_places_that_cannot_be_is_refused_in_plain_words(given):
    form = AllotmentForm({"places": given, "document_number": "人社函〔示例〕1号"})

    assert dict(form.errors) == {"places": ["请填写 0 到 999 的整数"]}


def test_a_control_keeps_the_width_that_its_form_gave_it():
    assert 'class="w-short form-control"' in str(AllotmentForm()["places"])


def test_a_form_without_faults_says_nothing():
    assert summary(asked()).strip() == ""


def test_a_refusal_that_names_its_field_in_the_same_words_is_said_once():
    form = asked()
    form.refused(NotReady("不得少于五天。", (("days", "不得少于五天。"),)))

    assert summary(form).count("不得少于五天。") == 1
    assert "有 1 处需要修改" in summary(form)


def test_a_refusal_that_names_no_field_is_said_without_a_count():
    form = asked()
    form.refused(NotReady("请稍后再试。"))

    assert "请稍后再试。" in summary(form)
    assert "处需要修改" not in summary(form)


def test_a_refusal_over_a_field_stands_above_the_place_to_mend():
    form = asked()
    form.refused(NotReady("请补充完整。", (("days", "请写明天数。"), ("way", "请选择方式。"))))

    html = summary(form)
    assert form.sentences == ("请补充完整。",)
    assert "有 2 处需要修改" in html
    assert '<a href="#id_way_0">方式：请选择方式。</a>' in html
