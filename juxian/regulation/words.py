"""The words of the regulation; docs/glossary.md gives the Chinese for each."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of work a step is."""

    FILL = "fill"  # 填报
    VERIFY = "verify"  # 审核
    REVIEW = "review"  # 评议、评审
    PUBLICIZE = "publicize"  # 公示
    OPINE = "opine"  # 征求意见
    DECIDE = "decide"  # 审定
    RECOMMEND = "recommend"  # 推荐上报（占用名额）

    @property
    def is_collective(self) -> bool:
        """Whether the step is done to a list of applications, with its own record."""
        return self not in (Kind.FILL, Kind.VERIFY)


class SeatsAct(StrEnum):
    """What changes the seats of an office."""

    CHANGE = "change"  # 主办单位核增、核减
    GIVE_BACK = "give_back"  # 推荐单位退回
    MOVE_OUT = "move_out"  # 主办单位收回、调出
    MOVE_IN = "move_in"  # 主办单位调入


class Act(StrEnum):
    """What is done to an application."""

    SUBMIT = "submit"  # 提交
    WITHDRAW = "withdraw"  # 撤回
    TAKE_BACK = "take_back"  # 取回修改
    ENDORSE = "endorse"  # 审核通过
    SEND_BACK = "send_back"  # 退回修改
    SEND_DOWN = "send_down"  # 退回下一级
    REJECT = "reject"  # 不予通过
    ADMIT = "admit"  # 评审通过
    DISMISS = "dismiss"  # 评审未通过
    CLEAR = "clear"  # 公示无异议
    UPHOLD = "uphold"  # 异议成立
    CONCUR = "concur"  # 未发现影响推荐的问题
    DISSENT = "dissent"  # 不同意推荐
    APPROVE = "approve"  # 审定同意
    DECLINE = "decline"  # 审定不同意
    RECOMMEND = "recommend"  # 推荐上报
    PASS_OVER = "pass_over"  # noqa: S105 - 未列入推荐名单
    RECALL = "recall"  # 撤回推荐
    RELIST = "relist"  # 重新列入
    RECONSIDER = "reconsider"  # 评议结果复议


class Standing(StrEnum):
    """How an application stands, whichever step it is at."""

    OPEN = "open"  # 在办
    RETURNED = "returned"  # 退回修改
    WITHDRAWN = "withdrawn"  # 已撤回
    REJECTED = "rejected"  # 不予通过
    NOT_SELECTED = "not_selected"  # 未入选
    SELECTED = "selected"  # 入选

    @property
    def is_final(self) -> bool:
        return self not in (Standing.OPEN, Standing.RETURNED)


class ReturnTo(StrEnum):
    """To whom a step may return a file (退回对象)."""

    EITHER = "either"  # 退回本人或者退回下一级
    APPLICANT = "applicant"  # 退回本人
    BELOW = "below"  # 逐级退回


class Corrects(StrEnum):
    """What a second evaluation of a list puts right (复议)."""

    ENTRY = "entry"  # 更正登记错误
    SITTING = "sitting"  # 重新组织评议


class Level(StrEnum):
    """A rung of the filing route (逐级申报): which office of the route a step is done at."""

    EMPLOYER = "employer"  # 用人单位
    COUNTY = "county"  # 县（市、区）
    NOMINATOR = "nominator"  # 推荐单位：地州市、区直部门、区属企业……
    PROVINCE = "province"  # 省（自治区、直辖市）


class Role(StrEnum):
    """What a person is appointed to do at an office."""

    HANDLER = "handler"  # 经办
    REVIEWER = "reviewer"  # 复核
    SIGNATORY = "signatory"  # 审签
    DISCIPLINE = "discipline"  # 纪检监察
    SECRETARY = "secretary"  # 评委会秘书、批次管理
    SUPERVISOR = "supervisor"  # 监督
    OPERATOR = "operator"  # 系统管理


class Party(StrEnum):
    """Who an act belongs to."""

    APPLICANT = "applicant"  # 申报人
    HOLDER = "holder"  # 当前环节的办理单位
    BODY = "body"  # 办理单位，凭一次集体办理的记录
    NOMINATOR = "nominator"  # 上报推荐名单的单位
    EVALUATOR = "evaluator"  # 组织评议的单位


class OfficeKind(StrEnum):
    """What sort of organisation an office is (domain list of 机构类型)."""

    HR_OFFICE = "hr_office"  # 人力资源和社会保障部门
    DIVISION = "division"  # 内设处室
    ORGAN = "organ"  # 党政群机关
    QUASI_ORGAN = "quasi_organ"  # 参照公务员法管理的单位
    INSTITUTION = "institution"  # 事业单位
    UNIVERSITY = "university"  # 高等学校
    HOSPITAL = "hospital"  # 公立医院
    INSTITUTE = "institute"  # 科研院所
    TECHNICAL_SCHOOL = "technical_school"  # 技工院校
    STATE_ENTERPRISE = "state_enterprise"  # 国有企业
    PRIVATE_ENTERPRISE = "private_enterprise"  # 非公有制企业
    SOCIAL_ORGANISATION = "social_organisation"  # 社会组织、民办非企业单位
    OTHER = "other"  # 其他


class Holder(StrEnum):
    """What sort of nominating unit holds seats (指标持有单位)."""

    PREFECTURE = "prefecture"  # 地（州、市）
    DEPARTMENT = "department"  # 区直部门（单位）
    ENTERPRISE = "enterprise"  # 区属企业
    SCHOOL = "school"  # 技工院校


class SheetKind(StrEnum):
    """What a sheet that is sent in to the register of offices lists."""

    OFFICES = "offices"  # 机构
    EMPLOYERS = "employers"  # 用人单位
    POSTS = "posts"  # 人员与岗位


class OfficeChangeKind(StrEnum):
    """What may happen to an office from a day on."""

    RENAME = "rename"  # 更名
    MOVE = "move"  # 划转
    MERGE = "merge"  # 并入


class RequestOutcome(StrEnum):
    """What an employer that asks to be registered is answered."""

    ACCEPTED = "accepted"  # 同意登记
    RETURNED = "returned"  # 退回补正
    REFUSED = "refused"  # 不予登记


class Nature(StrEnum):
    """What a clause of the notice does."""

    HARD = "hard"  # 不符合不得通过
    SOFT = "soft"  # 提示、排序、须说明
    PROCEDURE = "procedure"  # 程序
    DOCUMENT = "document"  # 文书
    INFORMATION = "information"  # 公示告知
