"""Packs spoiled by one edit each: every fault is found, with its file, its key and its reason."""

import pytest

from tests.rules.sample_packs import copy_to, faults, spoil

CALL = "call.toml"


NO_KEY = "没有这一项，请检查拼写"
NO_TAKER = "没有哪一项取用它的值；只作说明的，请改写为 [[advice]]"
ONE_OF_THREE = "equals、one_of、filled 须写其中一样，且只写一样"
NO_FIELD = "登记表没有 {} 这一项".format

BROKEN = {
    # Its shape.
    "a key that is misspelt": (
        ('issuer = "', 'isuer = "'),
        [("programme.issuer", "缺少这一项"), ("programme.isuer", NO_KEY)],
    ),
    "a year in quotes": (("year = 2020", 'year = "2020"'), [("programme.year", "应为整数")]),
    "a kind of step that nobody knows": (
        ('kind = "opine"', 'kind = "consult"'),
        [
            (
                "step[discipline].kind",
                (
                    "不是允许的取值，只能是 'fill'、'verify'、'review'、'publicize'、'opine'、"
                    "'decide'、'recommend'"
                ),
            )
        ],
    ),
    "a moment in quotes": (
        ("value = 2020-05-07T00:00:00+08:00", 'value = "2020-05-07"'),
        [("window.closes", "应为带时区的时间，如 2020-05-06T00:00:00+08:00")],
    ),
    "a due day in quotes": (
        ("due = 2020-03-25", 'due = "2020-03-25"'),
        [("report[allowance_summary].due", "应为日期，如 2020-05-06")],
    ),
    "a report to an office that receives no papers": (
        ('receiving = "xj-hr-professionals"', 'receiving = "xj-hr"'),
        [("report[allowance_summary].receiving", "须是某一类别的受理处室")],
    ),
    "a report without room for a word": (
        ("limit = 3000", "limit = 0"),
        [("report[allowance_summary].limit", "至少为1字")],
    ),
    "a clock time in quotes": (
        ("at = 23:59:59", 'at = "23:59"'),
        [("deadline[nomination].at", "应为时刻，如 18:00:00")],
    ),
    "yes in quotes": (
        ("skipped_when_same_office = true", 'skipped_when_same_office = "yes"'),
        [("step[nominator_check].skipped_when_same_office", "应为 true 或 false")],
    ),
    "one channel where a list is due": (
        ('holders = ["department"]', 'holders = "department"'),
        [("channel[department].holders", "应为列表")],
    ),
    "a share of votes as a decimal": (
        ('value = "2/3"', "value = 0.6667"),
        [
            (f"ballot[{code}].quorum", '应为分数，如 "2/3"')
            for code in ("peer", "panel", "committee")
        ],
    ),
    "a share of votes greater than all": (
        ('threshold = "@threshold"', 'threshold = "3/2"'),
        [("ballot[peer]", "通过比例须大于0、不超过1")],
    ),
    "a cap that is neither a number nor unlimited": (
        ('cap = "unlimited"', 'cap = "many"'),
        [("bucket[national_talent].grant[1].cap", "应为整数")],
    ),
    "a paper for nobody": (
        ('per = "nominator"', 'per = "panel"'),
        [("paper[nomination_report].per", "不是允许的取值，只能是 'applicant'、'nominator'")],
    ),
    # Names.
    "a step that comes twice": (
        ('code = "nominator_check"', 'code = "employer_check"'),
        [("step[employer_check]", "代码重复")],
    ),
    "a bucket that comes twice": (
        ('code = "nonpublic_skilled"', 'code = "nonpublic_professional"'),
        [("bucket[nonpublic_professional]", "代码重复")],
    ),
    "a letter for two tracks": (
        ('letter = "B"', 'letter = "A"'),
        [("track.letter[A]", "代码重复")],
    ),
    # The ladder.
    "a first step that is not filling": (
        ('kind = "fill"', 'kind = "verify"'),
        [("step[fill].kind", "第一个环节须为填报，且只有第一个环节是填报")],
    ),
    "filling for some channels only": (
        ('title = "个人自愿申报"', 'title = "个人自愿申报"\nchannels = ["prefecture"]'),
        [("step[fill]", "填报是所有人的第一个环节，不能按渠道省去")],
    ),
    "a step on a channel that is not there": (
        ('title = "所在单位审核"', 'title = "所在单位审核"\nchannels = ["army"]'),
        [("step[employer_check].channels", "没有名为 army 的渠道")],
    ),
    "a review without a ballot": (
        ('ballot = "peer"\nw', 'ballot = "people"\nw'),
        [("step[peer_review].ballot", "没有名为“people”的表决规则")],
    ),
    "a publicity of no length": (
        ('publicity = { days = "@publicity_days"', "publicity = { days = 0"),
        [("step[employer_notice].publicity.days", "公示天数至少为1")],
    ),
    "a publicity without a length": (
        (
            'title = "单位内部公示"\npublicity',
            'title = "单位内部公示"\n# publicity',
        ),
        [("step[employer_notice].publicity", "公示环节须写明公示天数")],
    ),
    "a decision by nobody": (
        ('body = "自治区人民政府"\n', ""),
        [("step[government_decision].body", "须写明由哪个机构出具意见或审定")],
    ),
    "an opinion that is valid for no month": (
        ("value = 6\nsays = ", "value = 0\nsays = "),
        [("step[discipline].valid_months", "有效期至少为1个月")],
    ),
    "a recommendation in no words": (
        ("value = 500\n", "value = 0\n"),
        [("step[nomination].reason_limit", "推荐理由至少能写1字")],
    ),
    "supplements within no day": (
        ('reason_limit = "@reason_limit"', 'reason_limit = "@reason_limit"\nsupplement_days = 0'),
        [("step[nomination].supplement_days", "补充推荐至少为1个工作日")],
    ),
    "a secret verification": (
        ('title = "形式审查"', 'title = "形式审查"\nsecret = true'),
        [("step[formal_check].secret", "这一类环节没有无记名表决")],
    ),
    "seats taken above the nominating unit": (
        ('kind = "recommend"\nlevel = "nominator"', 'kind = "recommend"\nlevel = "province"'),
        [("step[nomination].level", "名额由推荐单位持有，推荐上报只能由推荐单位办理")],
    ),
    "a ladder without a nomination": (
        ('kind = "recommend"', 'kind = "verify"'),
        [
            ("step[nomination].reason_limit", "这一类环节没有推荐理由"),
            *(
                (f"channel[{code}]", "设了名额，但这个渠道没有推荐上报环节")
                for code in ("nonpublic", "prefecture", "department", "enterprise_school")
            ),
        ],
    ),
    "a channel that no office takes": (
        ('holders = ["prefecture"]\nclause = "R33 R38"', 'holders = []\nclause = "R33 R38"'),
        [
            (
                "channel[prefecture].holders",
                "没有单位会用到这个渠道：未写明单位类别，或已被前面的渠道占去",
            )
        ],
    ),
    "a channel behind one that takes all its offices": (
        ("nonpublic = true\n", ""),
        [
            (
                "channel[prefecture].holders",
                "没有单位会用到这个渠道：未写明单位类别，或已被前面的渠道占去",
            )
        ],
    ),
    # Dates.
    "a window without a zone": (
        ("value = 2020-02-24T10:00:00+08:00", "value = 2020-02-24T10:00:00"),
        [("window.opens", "时间须写明时区，如 +08:00")],
    ),
    "a close before the opening": (
        ("value = 2020-05-07T00:00:00+08:00", "value = 2019-05-07T00:00:00+08:00"),
        [("window.closes", "截止时间须晚于开始时间")],
    ),
    "a deadline of no step": (
        ('step = "discipline"', 'step = "disciplin"'),
        [("deadline[disciplin]", "程序中没有这个环节")],
    ),
    "a deadline after the close": (
        ("working_days_before = 0", "working_days_before = -1"),
        [("deadline[nomination].working_days_before", "不能为负数")],
    ),
    "no copy of a paper": (
        ("copies = 3", "copies = 0"),
        [("paper[application_form].copies", "至少为1份")],
    ),
    # What is asked.
    "a core fact that the form lacks": (
        ('name = ["basic.name"]', 'name = ["basic.full_name"]'),
        [("core.name", NO_FIELD("basic.full_name"))],
    ),
    "a core fact that is a whole table": (
        ('title = ["title.titles.name"', 'title = ["title.titles"'),
        [("core.title", NO_FIELD("title.titles"))],
    ),
    "a condition for a track that is not there": (
        ('tracks = ["professional"]\ncertified', 'tracks = ["foreigner"]\ncertified'),
        [("condition[professional_post].tracks", "没有名为 foreigner 的类别")],
    ),
    "a check that nobody knows": (
        ('check = "register_is_clear"', 'check = "register_is_empty"'),
        [("condition[not_on_register].check", "没有名为 register_is_empty 的检查")],
    ),
    "an argument that the check does not take": (
        ('regions = ["65"]', 'region = ["65"]'),
        [
            ("condition[in_region].given.regions", "检查 is_within 缺少这一项"),
            ("condition[in_region].given.region", "检查 is_within 没有这一项，请检查拼写"),
        ],
    ),
    "an argument of another type": (
        ("value = 10\n", 'value = "10"\n'),
        [
            ("condition[front_line_years].given.least", "应为整数"),
            ("mark[grassroots].test.given.least", "应为整数"),
        ],
    ),
    "one value where a list is due": (
        ('values = ["china"]', 'values = "china"'),
        [("condition[nationality].given.values", "应为列表")],
    ),
    "a fact that the form lacks": (
        ('field = "basic.nationality"', 'field = "basic.nation"'),
        [("condition[nationality].given.field", NO_FIELD("basic.nation"))],
    ),
    "a table where one answer is due": (
        ('field = "honours.recipient"', 'field = "honours.records"'),
        [("exclusion[recipient].given.field", NO_FIELD("honours.records"))],
    ),
    "one answer where a table is due": (
        ('rows = "assessment.years"', 'rows = "assessment.punishment"'),
        [("condition[assessment].given.rows", "登记表没有 assessment.punishment 这个表格")],
    ),
    "a column that the table lacks": (
        ('column = "grade"', 'column = "rank"'),
        [("condition[senior_title].given.column", "表格 title.titles 没有 rank 这一列")],
    ),
    "a value that the answer cannot have": (
        ('value = ["正高", "副高"]', 'value = ["正高", "特高"]'),
        [("condition[senior_title].given.values", "title.titles.grade 没有 特高 这个选项")],
    ),
    "a sort of office that nobody knows": (
        ('value = ["organ", "quasi_organ", "hr_office", "division"]', 'value = ["ministry"]'),
        [("exclusion[organ_staff].given.values", "employer.kind 没有 ministry 这个选项")],
    ),
    "a fact that the form lacks, among several": (
        ('"post.employer_kind" = "@organ_answers"', '"post.sort" = "@organ_answers"'),
        [("exclusion[organ_staff].given.values", NO_FIELD("post.sort"))],
    ),
    "an exception that the answer cannot have": (
        ('value = ["science", "engineering", "both"]', 'value = ["arts"]'),
        [("exclusion[organ_staff].unless", "honours.academician 没有 arts 这个选项")],
    ),
    "an exception by a fact that the form lacks": (
        (
            'field = "honours.academician", one_of = "@academicians_exempt_from_organ"',
            'field = "honours.fellow", one_of = "@academicians_exempt_from_organ"',
        ),
        [("exclusion[organ_staff].unless", NO_FIELD("honours.fellow"))],
    ),
    "a setting whose value nobody takes": (
        ('reserve = "@reserve"', "reserve = 3"),
        [("setting[reserve].value", NO_TAKER)],
    ),
    "a material by an answer that the form lacks": (
        ('{ field = "honours.bqw", equals = true }', '{ field = "honours.fellow", filled = true }'),
        [("material[national_talent].required_when[1].field", NO_FIELD("honours.fellow"))],
    ),
    "a material by an answer that nobody can give": (
        ('{ field = "honours.bqw", equals = true }', '{ field = "honours.bqw", equals = "yes" }'),
        [("material[national_talent].required_when[1]", "honours.bqw 没有 yes 这个选项")],
    ),
    "a material by whatever is answered": (
        ('{ field = "honours.bqw", equals = true }', '{ field = "honours.bqw" }'),
        [("material[national_talent].required_when[1]", ONE_OF_THREE)],
    ),
    "a material by a table": (
        (
            '{ field = "honours.bqw", equals = true }',
            '{ field = "honours.records", filled = true }',
        ),
        [("material[national_talent].required_when[1].field", NO_FIELD("honours.records"))],
    ),
    "a material that is due both always and at times": (
        (
            'required_when = [{ field = "honours.bqw"',
            'required = true\nrequired_when = [{ field = "honours.bqw"',
        ),
        [("material[national_talent].required_when[1]", "一律必传的材料不再写何时必传")],
    ),
    "a material that takes no file": (
        ("most = 2", "most = 0"),
        [("material[id_card].most", "最多的文件数至少为1；不限的不写")],
    ),
    "a material that supports what nobody can claim": (
        ('supports = ["A1", "A7", "B8"]', 'supports = ["A1", "A7", "B8", "B9"]'),
        [("material[mentoring].supports", "登记表没有申报条件 B9")],
    ),
    "a claim by an answer that the form lacks": (
        ('claim = "conditions.primary"', 'claim = "conditions.main"'),
        [("condition[professional_claim].given.claim", NO_FIELD("conditions.main"))],
    ),
    "a condition that no material supports": (
        ('supports = ["A1", "A7", "B8"]', 'supports = ["A1", "A7"]'),
        [("material", "没有一类材料可以证明申报条件 B8")],
    ),
    "an exclusion that nobody is asked about": (
        ('question = "您所在单位是否为中央驻疆单位？"\n', ""),
        [("exclusion[central_employer].question", "不在选拔范围的情形须写明怎样询问申报人")],
    ),
    "a condition to be mended nowhere": (
        ('where = "skill"', 'where = "skills"'),
        [("condition[front_line_years].where", "登记表没有“skills”这一部分")],
    ),
    "a reason that is written nowhere": (
        ('reason_field = "skill.exception"', 'reason_field = "skill.reason"'),
        [("condition[skill_level].reason_field", NO_FIELD("skill.reason"))],
    ),
    "an exception without a place for its reason": (
        ('reason_field = "skill.exception"\n', ""),
        [
            (
                "condition[skill_level].reason_field",
                "soft 的条件须写明在哪一项说明理由，其他条件不写",
            )
        ],
    ),
    "evidence for a section that is not there": (
        ('proves = ["education"]', 'proves = ["studies"]'),
        [("material[education].proves", "登记表没有“studies”这一部分")],
    ),
    # Seats.
    "seats for nobody": (
        ('{ holders = ["enterprise", "school"], cap = 2 }', "{ cap = 2 }"),
        [("bucket[enterprise_school].grant[1]", "须写明持有单位的类别或单位代码，只写一样")],
    ),
    "a bucket without a grant": (
        ('grant = [{ holders = ["enterprise", "school"], cap = 2 }]', "grant = []"),
        [("bucket[enterprise_school].grant", "须写明名额给哪些单位")],
    ),
    "fewer seats than the least": (
        ("soft_min = 2", "soft_min = 6"),
        [("bucket[epidemic_health].grant[1].cap", "名额上限不能小于下限，且至少为1")],
    ),
    "a least number below none": (
        ("soft_min = 2", "soft_min = -2"),
        [("bucket[epidemic_health].soft_min", "不能为负数")],
    ),
    # Clauses.
    "a step without a clause": (
        ('clause = "R43"', 'clause = ""'),
        [("step[employer_check].clause", "须注明依据的条款")],
    ),
    "a step by a clause that nobody wrote down": (
        ('clause = "R43"', 'clause = "R99"'),
        [("step[employer_check].clause", "clauses.toml 中没有条款 R99")],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_wrong_line_in_the_call_is_found(tmp_path, name):
    (old, new), found = BROKEN[name]
    folder = copy_to(tmp_path)
    spoil(folder, CALL, old, new)

    assert faults(folder) == [(CALL, key, reason) for key, reason in found]
