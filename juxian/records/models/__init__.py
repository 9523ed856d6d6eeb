"""What is on file."""

from juxian.records.models.application import (
    Application,
    Certification,
    Correction,
    CorrectionItem,
    Handling,
    Proxy,
    Section,
    Stop,
    Submission,
)
from juxian.records.models.cycle import Allotment, Cycle
from juxian.records.models.dispatch import Dispatch, Reach, Robot, SendingRule
from juxian.records.models.evidence import (
    Evidence,
    Examination,
    Likeness,
    PagePrint,
    StoredFile,
)
from juxian.records.models.made_file import MadeFile, MadeFilePiece
from juxian.records.models.office import Appointment, Office
from juxian.records.models.panel import (
    Ballot,
    BallotPaper,
    Envelope,
    Panel,
    PanelMember,
    Recusal,
)
from juxian.records.models.parcel import (
    Arrival,
    CopyTick,
    Mailing,
    PageSeen,
    Parcel,
    PileScan,
)
from juxian.records.models.person import Person
from juxian.records.models.printing import Printing
from juxian.records.models.proceeding import (
    EvaluationDraft,
    ExpertMark,
    Objection,
    Proceeding,
    ProceedingFile,
    ProceedingItem,
    ProceedingMember,
)
from juxian.records.models.quota import Seats, SeatsChange, SupplementPermit
from juxian.records.models.register import (
    AccessReview,
    EmployerRequest,
    FormerName,
    OfficeChange,
    RegisterSheet,
)
from juxian.records.models.report import Report, ReportDraft, ReportFile, ReportReturn
from juxian.records.models.result import Recipient, Result
from juxian.records.models.roster import RosterEntry
from juxian.records.models.trace import Message, Trace
from juxian.records.models.upload import Upload
from juxian.records.models.verification import PointAnswer, Proposal, Reading, Signature, Tick
from juxian.records.models.wording import Wording
from juxian.records.models.work import FileCopy, WorkView

__all__ = [
    "AccessReview",
    "Allotment",
    "Application",
    "Appointment",
    "Arrival",
    "Ballot",
    "BallotPaper",
    "Certification",
    "CopyTick",
    "Correction",
    "CorrectionItem",
    "Cycle",
    "Dispatch",
    "EmployerRequest",
    "Envelope",
    "EvaluationDraft",
    "Evidence",
    "Examination",
    "ExpertMark",
    "FileCopy",
    "FormerName",
    "Handling",
    "Likeness",
    "MadeFile",
    "MadeFilePiece",
    "Mailing",
    "Message",
    "Objection",
    "Office",
    "OfficeChange",
    "PagePrint",
    "PageSeen",
    "Panel",
    "PanelMember",
    "Parcel",
    "Person",
    "PileScan",
    "PointAnswer",
    "Printing",
    "Proceeding",
    "ProceedingFile",
    "ProceedingItem",
    "ProceedingMember",
    "Proposal",
    "Proxy",
    "Reach",
    "Reading",
    "Recipient",
    "Recusal",
    "RegisterSheet",
    "Report",
    "ReportDraft",
    "ReportFile",
    "ReportReturn",
    "Result",
    "Robot",
    "RosterEntry",
    "Seats",
    "SeatsChange",
    "Section",
    "SendingRule",
    "Signature",
    "Stop",
    "StoredFile",
    "Submission",
    "SupplementPermit",
    "Tick",
    "Trace",
    "Upload",
    "Wording",
    "WorkView",
]
