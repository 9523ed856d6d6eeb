"""What a form asks for is done once it is sound, or refused on the form itself."""

import pytest
from django import forms

from juxian.desks.common.acting import done
from juxian.desks.common.forms import PlainForm
from juxian.regulation.refusal import NotPossible, NotReady


class NameForm(PlainForm):
    name = forms.CharField(label="姓名")


def refusing(refusal):
    def act():
        raise refusal

    return act


def test_an_act_answers_through_a_form_that_is_filled_in():
    form = NameForm({"name": "赵某"})

    assert done(form, lambda: form.cleaned_data["name"]) == "赵某"
    assert form.errors == {}


@pytest.mark.parametrize(("data", "faults"), [(None, {}), ({}, {"name": ["请填写"]})])
def test_nothing_is_done_for_a_form_only_read_or_filled_in_wrongly(data, faults):
    form = NameForm(data)

    assert done(form, refusing(AssertionError)) is None
    assert form.errors == faults


def test_a_refusal_stands_on_the_form_and_beside_the_field_it_names():
    form = NameForm({"name": "赵某"})
    refusal = NotReady("没有保存", (("name", "请核对姓名"),))

    assert done(form, refusing(refusal)) is None
    assert form.errors == {"__all__": ["没有保存"], "name": ["请核对姓名"]}


def test_what_is_no_refusal_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        done(NameForm({"name": "赵某"}), lambda: 1 // 0)
    assert done(NameForm({"name": "赵某"}), refusing(NotPossible("不能"))) is None
