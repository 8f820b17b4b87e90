"""The form of a licence application: its fields become a draft, as an uploaded file does."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, Response

from overzicht.errors import OverzichtError
from overzicht.subjects.control_list.classification_records import newest_classifications
from overzicht.subjects.licensing import cases
from overzicht.subjects.licensing.checks import check_countries
from overzicht.subjects.licensing.model import Application, Role, Transaction
from overzicht.web.auth import PageEditor
from overzicht.web.context import PageContext
from overzicht.web.fields import FormDate, Line, Lines
from overzicht.web.forms import see_other
from overzicht.workflows.typed_files import checked

router = APIRouter(prefix="/licence-applications")
FORM = "application"  # name of the form in error messages
ITEMS = 5  # lines of the form; a longer application is uploaded as a file
PARTIES = (Role.EXPORTER, Role.CONSIGNEE, Role.END_USER)
SUGGESTED = 10  # saved classifications that the form offers
NOT_LISTED = "none"  # in the field of the code: the item is classified, and not listed


class CaseFields(BaseModel):
    """The fields of the form as they were filled in; those of a line belong together by position."""

    id: Line = ""
    transaction: Line = Transaction.EXPORT.value
    issuing_state: Line = ""
    authority: Line = ""
    destination: Line = ""
    contract_date: FormDate = ""
    party_role: list[Line] = Field(default_factory=list, max_length=len(PARTIES))
    party_name: list[Line] = Field(default_factory=list, max_length=len(PARTIES))
    party_address: list[Line] = Field(default_factory=list, max_length=len(PARTIES))
    party_country: list[Line] = Field(default_factory=list, max_length=len(PARTIES))
    description: list[Line] = Field(default_factory=list, max_length=ITEMS)
    code: list[Line] = Field(default_factory=list, max_length=ITEMS)
    amount: list[Line] = Field(default_factory=list, max_length=ITEMS)
    unit: list[Line] = Field(default_factory=list, max_length=ITEMS)
    price: list[Line] = Field(default_factory=list, max_length=ITEMS)
    currency: list[Line] = Field(default_factory=list, max_length=ITEMS)
    origin: list[Line] = Field(default_factory=list, max_length=ITEMS)
    commodity_code: list[Line] = Field(default_factory=list, max_length=ITEMS)
    end_use: Lines = ""
    remarks: Lines = ""

    def data(self) -> dict[str, Any]:
        """Return the application as its file would state it; empty fields are left out."""
        case = {
            "id": self.id,
            "transaction": self.transaction,
            "issuing_state": self.issuing_state.upper(),
            "authority": self.authority,
            "destination": self.destination.upper(),
            "contract_date": self.contract_date,
            "parties": list(self._parties()),
            "items": list(self._items()),
            "end_use": {"description": self.end_use} if self.end_use.strip() else None,
            "remarks": self.remarks,
        }
        return {name: value for name, value in case.items() if value not in ("", None)}

    def _parties(self) -> Iterator[dict[str, str]]:
        columns = (self.party_role, self.party_name, self.party_address, self.party_country)
        for role, name, address, country in zip(*columns, strict=False):
            if name.strip():
                party = {"role": role, "name": name, "address": address, "country": country.upper()}
                yield {key: value.strip() for key, value in party.items() if value.strip()}

    def _items(self) -> Iterator[dict[str, Any]]:
        columns = (
            self.description,
            self.code,
            self.amount,
            self.unit,
            self.price,
            self.currency,
            self.origin,
            self.commodity_code,
        )
        filled = [row for row in zip(*columns, strict=False) if any(value.strip() for value in row)]
        for line, row in enumerate(filled, start=1):
            description, code, amount, unit, price, currency, origin, commodity = map(str.strip, row)
            is_unlisted = code.casefold() == NOT_LISTED
            item = {
                "line": line,
                "description": description,
                "code": "" if is_unlisted else code,
                "not_listed": is_unlisted,
                "quantity": {"amount": amount, "unit": unit},
                "value": {"amount": price, "currency": currency.upper()} if price else "",
                "origin": origin.upper(),
                "commodity_code": commodity,
            }
            yield {name: value for name, value in item.items() if value != ""}


@router.get("", response_class=HTMLResponse)
def form(
    context: PageEditor, description: Annotated[Line, Query()] = "", code: Annotated[Line, Query()] = ""
) -> HTMLResponse:
    """Show the form, with the product and code of a classification if they are given."""
    return _form(context, {"description": [description], "code": [code]} if description else {})


@router.post("", response_class=HTMLResponse)
def save(context: PageEditor, case: Annotated[CaseFields, Form()]) -> Response:
    """Save the application as a draft and show its page; the form again with the error if it is not valid."""
    try:
        application = checked(Application, case.data(), FORM, fix="correct the field and save again")
        check_countries(application, FORM)
        cases.new_case(context.store, application, context.actor(context.day), replace=False)
    except OverzichtError as error:
        return _form(context, case.model_dump(), error)
    return see_other(f"/licences/{application.id}")


def _form(context: PageContext, values: dict[str, Any], fault: OverzichtError | None = None) -> HTMLResponse:
    with context.store.reading() as connection:
        classified = newest_classifications(connection, context.principal.name)[:SUGGESTED]
    return context.render(
        "application.html",
        classified=[(saved.payload["item"]["name"], saved.payload["met"], saved.day) for saved in classified],
        status=400 if fault else 200,
        values=values,
        fault=fault,
        items=range(ITEMS),
        parties=context.words.choices(role for role in Role if role in PARTIES),
        transactions=context.words.choices(Transaction),
    )
