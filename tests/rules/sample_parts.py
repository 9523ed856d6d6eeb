"""Parts that the sample applicants share."""

from typing import Any


def basic(**own: str) -> dict[str, Any]:
    return {
        "id_type": "resident_id",
        "nationality": "china",
        "political": "01",
        "joined": "1998-07",
        **own,
    }


def career(row: str, start: str, end: str, employer: str, duty: str) -> dict[str, str]:
    return {"id": row, "start": start, "end": end, "employer": employer, "duty": duty}


def assessment(first: int) -> dict[str, Any]:
    results = ("qualified", "excellent", "qualified", "excellent", "excellent")
    return {
        "years": [
            {"id": f"year-{year}", "year": year, "result": result}
            for year, result in enumerate(results, start=first)
        ],
        "punishment": "none",
        "misconduct": False,
    }


def declaration(name: str) -> dict[str, Any]:
    return {
        "truthful": True,
        "secrecy": "none",
        "unclassified": True,
        "consent": True,
        "sensitive_consent": True,
        "signature": name,
    }
