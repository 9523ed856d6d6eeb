"""Errors that somebody plants in a sound form, and where the page of the check finds each."""

import pytest
from django.urls import reverse

from juxian.actions import application as acts
from juxian.records.clock import now
from juxian.records.models import Evidence, Examination, Recipient, Section
from juxian.selectors.facts import answers_of


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def change(file, section, **given):
    row = Section.objects.get(application=file, code=section)
    values = {**answers_of(file)[section], **given}
    values.pop("photo", None)
    acts.save_section(file.pk, section, values, by=file.applicant, version=row.version)
    file.refresh_from_db()


def change_row(file, table, number, **given):
    section, _dot, code = table.partition(".")
    rows = [dict(row) for row in answers_of(file)[section][code]]
    rows[number - 1] |= given
    change(file, section, **{code: rows})


def field(file, section, code):
    return f"{at('section', file, section)}?check=1#f-{code}"


def cell(file, table, row, column):
    return f"{at('row', file, *table.split('.'), row)}?check=1#f-{column}"


PLANTED = [
    pytest.param(
        lambda file: change(file, "basic", resident_id="653100197105080020"),
        lambda file: (
            "gap",
            "基本信息",
            "证件号码：身份证号码未通过校验，其中至少有一位有误，请对照证件逐位核对。",
            field(file, "basic", "resident_id"),
        ),
        id="wrong id check digit",
    ),
    pytest.param(
        lambda file: change(file, "basic", birth_date="1971-05-09"),
        lambda file: (
            "gap",
            "基本信息",
            "出生日期：与“证件号码”不一致，应为“1971-05-08”。",
            field(file, "basic", "birth_date"),
        ),
        id="birth date of the id is not that of the form",
    ),
    pytest.param(
        lambda file: change(file, "basic", sex="male"),
        lambda file: (
            "gap",
            "基本信息",
            "性别：与“证件号码”不一致，应为“女”。",
            field(file, "basic", "sex"),
        ),
        id="sex mismatch",
    ),
    pytest.param(
        lambda file: change_row(file, "education.records", 2, end="2000-07"),
        lambda file: (
            "must",
            "毕业时间不早于入学时间",
            "“学历学位”第2条“某医科大学”的结束时间早于开始时间",
            cell(file, "education.records", "edu-2", "end"),
        ),
        id="degree dates out of order",
    ),
    pytest.param(
        lambda file: change_row(file, "education.records", 1, start="2005-09", end="2009-07"),
        lambda file: (
            "hint",
            "学历由低到高，毕业时间依次在后",
            "“学历学位”第2条“某医科大学”早于更低一级的第1条“某医科大学”",
            cell(file, "education.records", "edu-2", "end"),
        ),
        id="a doctorate before the first degree",
    ),
    pytest.param(
        lambda file: change_row(file, "career.records", 2, end="2003-01"),
        lambda file: (
            "hint",
            "各段经历的时间不重叠",
            "“经历”第2条与第3条的时间重叠，请核对",
            cell(file, "career.records", "career-3", "start"),
        ),
        id="overlapping jobs",
    ),
    pytest.param(
        lambda file: change(
            file,
            "achievements",
            awards=answers_of(file)["achievements"]["awards"][1:],
            **{code: [] for code in ("projects", "papers", "mentoring")},
        ),
        lambda file: (
            "must",
            "近5年有专业技术业绩、成果和贡献",
            "2015年1月1日至2020年5月6日计入0项，至少须1项",
            field(file, "achievements", "awards"),
        ),
        id="achievements outside the window",
    ),
    pytest.param(
        lambda file: change_row(file, "achievements.awards", 1, rank=9),
        lambda file: (
            "must",
            "本人排名不大于完成人数",
            "“获奖”第1条“自治区科技进步奖”的本人排名大于完成人数",
            cell(file, "achievements.awards", "award-1", "rank"),
        ),
        id="rank larger than the number of people",
    ),
    pytest.param(
        lambda file: change_row(file, "title.titles", 2, obtained="2020-12"),
        lambda file: (
            "must",
            "职称在截止日期以前取得",
            "“职称”第2条晚于2020年5月6日",
            cell(file, "title.titles", "title-2", "obtained"),
        ),
        id="title obtained after the cut-off",
    ),
    pytest.param(
        lambda file: change_row(file, "title.titles", 1, obtained="1993-12"),
        lambda file: (
            "must",
            "职称在参加工作以后取得和聘任",
            "“职称”第1条填的是1993年12月，早于1994年7月",
            cell(file, "title.titles", "title-1", "obtained"),
        ),
        id="title obtained before work began",
    ),
    pytest.param(
        lambda file: change_row(file, "achievements.papers", 1, date="2020-04"),
        lambda file: (
            "must",
            "所填时间不晚于今天，也不晚于截止日期",
            "“论文”第1条“南疆农村急性心肌梗死患者救治延迟因素分析（示例）”填的是2020年4月，这一天还没有到",
            cell(file, "achievements.papers", "paper-1", "date"),
        ),
        id="a paper of the future",
    ),
    pytest.param(
        lambda file: change_row(file, "honours.records", 1, year=1980),
        lambda file: (
            "must",
            "毕业、工作和取得成果的时间与年龄相符",
            "“人才计划与荣誉”第1条填的是1980年，当时未满12周岁",
            cell(file, "honours.records", "honour-1", "year"),
        ),
        id="an honour of a child",
    ),
    pytest.param(
        lambda file: change(file, "post", grassroots_years=40),
        lambda file: (
            "must",
            "基层一线工作年限不超过参加工作的年数",
            "“基层一线工作年限”填的是40年，从1994年7月算起最多27年",
            field(file, "post", "grassroots_years"),
        ),
        id="more years at the grass roots than of work",
    ),
    pytest.param(
        lambda file: (
            change_row(file, "education.records", 1, highest_degree=True),
            change_row(file, "education.records", 2, highest_degree=False),
        ),
        lambda file: (
            "must",
            "勾选“最高学位”的是所填学位中最高的一条",
            "“学历学位”第1条“某医科大学”不是其中最高的，请改勾最高的一条",
            cell(file, "education.records", "edu-1", "highest_degree"),
        ),
        id="the highest degree is not ticked",
    ),
    pytest.param(
        lambda file: change(file, "basic", joined="1988-07"),
        lambda file: (
            "hint",
            "加入党派时一般已满18周岁",
            "“加入时间”填的是1988年7月，当时未满18周岁",
            field(file, "basic", "joined"),
        ),
        id="joined the party before eighteen",
    ),
    pytest.param(
        lambda file: change(file, "post", practising=False),
        lambda file: (
            "hint",
            "以长期在第一线为条件的，应仍直接从事专业技术工作",
            "“是否仍直接从事专业技术或一线技能工作”与前面所填的不能同时成立",
            field(file, "post", "practising"),
        ),
        id="a front-line condition without front-line work",
    ),
    pytest.param(
        lambda file: change(file, "post", status="rehired"),
        lambda file: (
            "office",
            "在岗工作",
            "去看“在岗状态”",
            field(file, "post", "status"),
        ),
        id="a status that an office settles",
    ),
    pytest.param(
        lambda file: Recipient.objects.create(
            name=file.name, birth_date=file.birth_date, id_mark=file.id_mark, year=2018
        ),
        lambda file: (
            "must",
            "已享受人员名册中没有本人",
            "名册中已有此人",
            f"{at('section', file, 'honours')}?check=1",
        ),
        id="on the register of earlier recipients",
    ),
    pytest.param(
        lambda file: Examination.objects.create(
            file=Evidence.objects.filter(application=file).first().file,
            doubts=[],
            examined_at=now(),
        ),
        lambda file: None,
        id="a file that was looked at and is well",
    ),
]
