"""The role table: what each role is for, as shown to those who appoint."""

from juxian.regulation.words import Role

PURPOSES: dict[Role, str] = {
    Role.HANDLER: "审核、评议、公示、推荐等日常办理",
    Role.REVIEWER: "对经办结果复核",
    Role.SIGNATORY: "负责人审签",
    Role.DISCIPLINE: "出具纪检监察意见",
    Role.SECRETARY: "批次、名额、评委会、表决、公示与上报",
    Role.SUPERVISOR: "查看过程与记录，不办理",
    Role.OPERATOR: "系统运行，不看申报内容",
}
