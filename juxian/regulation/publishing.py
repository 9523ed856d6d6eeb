"""Who is not published (涉密人员): why, in words that say nothing of the secret itself (R45)."""

CLASSIFIED: dict[str, str] = {
    "post": "在涉密岗位工作",
    "project": "承担涉密项目",
    "unit": "所在部门按规定不公开",
    "rule": "其他按规定不公开姓名的情形",
}
