"""What programs send to the API."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from vanthu.register import ItemState

Text = Annotated[str, StringConstraints(max_length=20_000)]
Short = Annotated[str, StringConstraints(max_length=300)]


class Form(BaseModel):
    """Nothing but what is named is taken."""

    model_config = ConfigDict(extra="forbid")


class Correction(Form):
    """A value in place of what was read: `field` as in the record (`code`, `signer.name`, `tasks.0.due_on`), empty takes it out."""

    field: Short
    value: Text


class StateChange(Form):
    """A follow-up item moves on; `closed_by`: the id of the entry that fulfils it."""

    state: ItemState
    note: Text | None = None
    closed_by: Annotated[int, "an entry"] | None = None


class Assignment(Form):
    """The unit that does an item; null takes the assignment back."""

    unit: Short | None
