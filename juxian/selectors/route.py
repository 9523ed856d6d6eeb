"""The filing route (逐级申报): which offices a file passes, computed from its employer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from juxian.records.models import Application, Office
from juxian.regulation.pack import Channel, Pack
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Level

LONGEST = 8  # a filing chain longer than this is a loop in the data


@dataclass(frozen=True, slots=True)
class Route:
    channel: Channel
    offices: dict[Level, Office]
    ladder: tuple[str, ...]


def nominator_of(employer: Office) -> tuple[Office | None, Office | None]:
    """The nominating unit the employer files to (perhaps itself), and the county on the way."""
    county, here = None, employer
    for _hop in range(LONGEST):
        if here.is_county:
            county = here
        if here.holder:
            return here, county
        if here.files_to is None:
            return None, county
        here = here.files_to
    return None, county


def route_of(application: Application, pack: Pack) -> Route:
    """NotReady, in words for the applicant, when the employer leads nowhere."""
    employer = application.employer
    nominator, county = nominator_of(employer)
    if nominator is None:
        raise NotReady(
            _("%(employer)s还没有确定推荐单位，请联系本单位人事部门或当地人力资源和社会保障部门")
            % {"employer": employer}
        )
    channel = pack.channel_for(holder=nominator.holder, nonpublic=employer.is_nonpublic)
    if channel is None:
        raise NotReady(
            _("%(nominator)s不在本次申报渠道内，请向其人事部门核实") % {"nominator": nominator}
        )
    offices = {Level.EMPLOYER: employer, Level.NOMINATOR: nominator}
    if county is not None:
        offices[Level.COUNTY] = county
    offices[Level.PROVINCE] = receiving_office(application, pack)
    ladder = pack.procedure.ladder(
        channel.code, offices.keys(), same_office=employer.pk == nominator.pk
    )
    return Route(channel, offices, ladder)


def receiving_office(application: Application, pack: Pack) -> Office:
    """The division that receives the track (通知五（二）); the organiser if there is none."""
    code = pack.track(application.track).receiving.office
    division = Office.objects.filter(code=code).first() if code else None
    return division or application.cycle.organiser
