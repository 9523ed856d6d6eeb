"""What the traces say, in words: acts, subjects and figures."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.records import labels
from juxian.records.models import Trace
from juxian.regulation.documents import DOCUMENTS
from juxian.regulation.pack import Pack
from juxian.regulation.publishing import CLASSIFIED
from juxian.selectors.desk_tables import TITLES
from juxian.selectors.nomination import OTHER, preference_title
from juxian.selectors.phrases import REMEDIES

Labels = dict[str, "str | Promise"]

DONE: Labels = {
    "open_cycle": gettext_lazy("建立批次"),
    "close_cycle": gettext_lazy("到期关闭申报"),
    "change_seats": gettext_lazy("调剂名额"),
    "give_back_seats": gettext_lazy("退回名额"),
    "move_out_seats": gettext_lazy("调出名额"),
    "move_in_seats": gettext_lazy("调入名额"),
    "set_allotment": gettext_lazy("登记下达名额"),
    "cancel_messages": gettext_lazy("取消不再需要的消息"),
    "permit_supplement": gettext_lazy("准许补充推荐"),
    "begin": gettext_lazy("开始填报"),
    "save_section": gettext_lazy("保存填报"),
    "bring": gettext_lazy("带入以前填过的内容"),
    "take_out": gettext_lazy("撤销带入"),
    "let_fill": gettext_lazy("请单位代填"),
    "end_proxy": gettext_lazy("停止代填"),
    "attach": gettext_lazy("上传材料"),
    "keep_out": gettext_lazy("拦截疑似涉密文件"),
    "detach": gettext_lazy("移除材料"),
    "restore": gettext_lazy("撤销移除材料"),
    "rename": gettext_lazy("更改材料名称"),
    "link": gettext_lazy("更改材料所证明的内容"),
    "shift": gettext_lazy("调整材料次序"),
    "withhold": gettext_lazy("拦截带密级标志的材料"),
    "answer_correction": gettext_lazy("答复退回事项"),
    "open_file": gettext_lazy("查阅申报"),
    "glance": gettext_lazy("速览申报"),
    "settle": gettext_lazy("认定条件"),
    "tick": gettext_lazy("逐项核对"),
    "propose": gettext_lazy("拟办"),
    "sign": gettext_lazy("签署同意"),
    "give_back": gettext_lazy("退回经办"),
    "print": gettext_lazy("打印"),
    "write_document": gettext_lazy("编写文书"),
    "print_receipt": gettext_lazy("打印回执"),
    "open_proceeding": gettext_lazy("建立名单"),
    "take_off": gettext_lazy("移出名单"),
    "attach_file": gettext_lazy("上传佐证扫描件"),
    "record_evaluation": gettext_lazy("登记评议"),
    "keep_draft": gettext_lazy("暂存评议"),
    "drop_draft": gettext_lazy("放弃暂存的评议"),
    "correct_evaluation": gettext_lazy("组织复议"),
    "renew": gettext_lazy("重新登记意见"),
    "arrange": gettext_lazy("排序"),
    "choose_bucket": gettext_lazy("安排指标"),
    "allocate": gettext_lazy("采用建议的指标"),
    "prefer": gettext_lazy("填写优先理由"),
    "close_ranks": gettext_lazy("名次依次递补"),
    "give_reason": gettext_lazy("填写推荐理由"),
    "conclude": gettext_lazy("办结名单"),
    "publish": gettext_lazy("发布公示"),
    "classify": gettext_lazy("登记是否公开姓名"),
    "object": gettext_lazy("收到异议"),
    "close_objection": gettext_lazy("办结异议"),
    "convene": gettext_lazy("组建评委会"),
    "pledge": gettext_lazy("承诺保密"),
    "declare": gettext_lazy("申报回避"),
    "open_ballot": gettext_lazy("开始表决"),
    "close_ballot": gettext_lazy("开票"),
    "void_ballot": gettext_lazy("作废表决"),
    "hand_in": gettext_lazy("报送总结材料"),
    "give_back_report": gettext_lazy("退回总结材料"),
    "remind_report": gettext_lazy("催办总结材料"),
    "post_parcel": gettext_lazy("登记邮包寄出"),
    "take_in_parcel": gettext_lazy("登记邮包收到"),
    "scan_page": gettext_lazy("核对纸件的页"),
    "enter_page": gettext_lazy("手工登记纸件的页"),
    "tick_copies": gettext_lazy("核对签字盖章"),
    "scan_pile": gettext_lazy("上传纸件的扫描件"),
    "read_pile": gettext_lazy("读完纸件的扫描件"),
    "print_letter": gettext_lazy("打印邮包的缺件通知或回执"),
    "record_results": gettext_lazy("登记批准结果"),
    "remind": gettext_lazy("催办"),
    "print_list": gettext_lazy("打印汇总表"),
    "export_list": gettext_lazy("导出名单"),
    "export_table": gettext_lazy("导出表格"),
    "fetch_file": gettext_lazy("下载后台生成的文件"),
    "export_ministry": gettext_lazy("导出上报材料包"),
    "open_timeline": gettext_lazy("监督查阅时间线"),
    "search_traces": gettext_lazy("监督检索日志"),
}
ACTS: Labels = labels.ACTS | DONE
MERGED: Labels = {
    "merged_report": gettext_lazy("总结材料汇编"),
    "merged_report_word": gettext_lazy("总结材料汇编（Word）"),
}

FIGURES: Labels = {
    "step": gettext_lazy("环节"),
    "track": gettext_lazy("类别"),
    "turn": gettext_lazy("轮次"),
    "round": gettext_lazy("表决轮次"),
    "section": gettext_lazy("部分"),
    "condition": gettext_lazy("条件"),
    "holds": gettext_lazy("符合"),
    "ticked": gettext_lazy("核对处数"),
    "doubted": gettext_lazy("存疑处数"),
    "remedy": gettext_lazy("处理"),
    "corrects": gettext_lazy("复议的方式"),
    "bucket": gettext_lazy("指标"),
    "preference": gettext_lazy("优先情形"),
    "files": gettext_lazy("份数"),
    "candidates": gettext_lazy("人选"),
    "present": gettext_lazy("实到"),
    "places": gettext_lazy("名额"),
    "before": gettext_lazy("原"),
    "after": gettext_lazy("新"),
    "starts": gettext_lazy("起"),
    "ends": gettext_lazy("止"),
    "until": gettext_lazy("截止"),
    "rows": gettext_lazy("条数"),
    "fields": gettext_lazy("项数"),
    "seats": gettext_lazy("名额条数"),
    "rule": gettext_lazy("规则"),
    "classified": gettext_lazy("不公开的理由"),
    "sha256": gettext_lazy("校验值"),
    "document": gettext_lazy("文书"),
    "version": gettext_lazy("版本"),
    "filters": gettext_lazy("筛选条件"),
    "looked_for": gettext_lazy("操作"),
    "at_night": gettext_lazy("只看夜间"),
}
THINGS: Labels = {
    "cycle": gettext_lazy("批次"),
    "proceeding": gettext_lazy("名单：%(step)s，%(office)s"),
    "ballot": gettext_lazy("%(panel)s第 %(round)s 轮"),
    "panel": gettext_lazy("%(panel)s"),
    "seats": gettext_lazy("名额：%(office)s，%(bucket)s"),
    "evidence": gettext_lazy("材料：%(material)s"),
    "objection": gettext_lazy("异议 %(receipt)s"),
    "report": gettext_lazy("总结材料：%(office)s"),
    "parcel": gettext_lazy("邮包 %(number)s"),
}
RULES: Labels = {
    "star": gettext_lazy("密级加星号"),
    "level": gettext_lazy("注明密级"),
    "heading": gettext_lazy("首页页眉为密级"),
}
HIDDEN = {"renew": ("before",)}  # a key of a row there, a figure elsewhere


def thing(pack: Pack, row: Trace, about: Mapping[str, Any]) -> str:
    """What it was done to, where that is no application; `about` are columns of the subject."""
    if row.subject not in THINGS:
        return ""
    return str(THINGS[row.subject]) % {
        key: _titles(pack, key).get(str(value), value) for key, value in about.items()
    }


def figures(pack: Pack, row: Trace) -> Iterator[tuple[str, str]]:
    """The figures of a trace that mean something to a reader; keys of rows do not."""
    for key, title in FIGURES.items():
        if row.detail.get(key, "") != "" and key not in HIDDEN.get(row.act, ()):
            yield str(title), _said(pack, key, row.detail[key])


def _said(pack: Pack, key: str, value: Any) -> str:
    if value is None:
        return _("不限")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(_titles(pack, key).get(str(value), value))


def _titles(pack: Pack, key: str) -> Mapping[str, Any]:
    """The words for the codes that stand under a key."""
    named: dict[str, Iterable[tuple[str, str]]] = {
        "step": ((step.code, step.title) for step in pack.procedure.steps),
        "track": ((track.code, track.title) for track in pack.tracks),
        "section": ((section.code, section.title) for section in pack.form.sections),
        "condition": ((condition.code, condition.says) for condition in pack.conditions),
        "bucket": ((rule.bucket.code, rule.bucket.title) for rule in pack.seats),
        "preference": (
            *((mark.code, mark.title) for mark in pack.marks),
            (OTHER, preference_title(pack, OTHER)),
        ),
        "material": ((material.code, material.title) for material in pack.materials),
    }
    documents = {**TITLES, **MERGED, **{one.code: one.title for one in DOCUMENTS.values()}}
    coded: dict[str, Mapping[str, Any]] = {
        "looked_for": ACTS,
        "rule": RULES,
        "classified": CLASSIFIED,
        "remedy": REMEDIES,
        "corrects": labels.CORRECTS,
        "document": documents,
    }
    return coded.get(key) or dict(named.get(key, ()))
