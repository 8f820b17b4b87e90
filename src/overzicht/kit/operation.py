"""What a caller can do, declared once as a typed function: its command, route and form follow from it.

The first parameter is the caller. Parameters that can be given by place are arguments of the command, those
after `*` are options, and all of them are fields of the request and of the form. The name that one door has
for a parameter is part of its type, as a `Param`. A door is left out by leaving out its declaration.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from inspect import Parameter, signature
from typing import Annotated, Any, Generic, Protocol, TypeVar, get_args, get_origin

from overzicht.errors import OverzichtError
from overzicht.evidence.text import Text
from overzicht.kit.ask import Rights

T = TypeVar("T")
Function = TypeVar("Function", bound=Callable[..., Any])
OPERATIONS: dict[str, list["Operation"]] = {}  # by module, in the order of declaration
LAST_PAGE = 100_000
NEWEST = date.max
BACK = "back"  # of a form: the page after it is the one that its address names


class MisuseError(Exception):
    """What was given to a command does not go together: a usage error, in the language of the caller."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Say(Protocol):
    """How a door words a sentence in the language of the caller."""

    def __call__(self, sentence: Text, /) -> str:
        """Return the sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Param:
    """The words of a parameter, and the names that differ at one door; part of its `Annotated` type."""

    help: str = ""  # of the option
    label: Text | None = None  # of the field of a form
    metavar: str = ""  # of the value of the option
    option: str = ""  # name on the command line, `--` included; of an argument the word in the usage
    query: str = ""  # name in the query of a route
    inverts: bool = False  # the option is a flag that turns the value off
    is_offered: bool = True  # on the command line
    choices: tuple[Any, ...] = ()  # on the command line, if they are not all of the type
    shows_default: bool | str = False  # in the help of the option; a text is that of no date
    path: str = ""  # on the command line: of a `folder`, of a `new file`, or of one that is `there`
    between: tuple[int, int | None] | None = None  # least and most of a number, on the command line
    is_country: bool = False  # its code of two letters, in either case on the command line
    limit: int = 4 * 1024 * 1024  # of a file, in bytes


@dataclass(frozen=True, slots=True)
class Command:
    """The command of an operation: its whole name, and how its result is printed.

    `lines` gives the text of a result in the words of the language (a `Say`; `Words` if `lang` is an option),
    or names a function of `cli` that does; `empty` goes to standard error in place of no lines;
    `data` gives the JSON if that is not the result itself, or its view. `needs` is the usage error of a call
    with none of the options. `is_incomplete` tells from the result that the exit code is 1. `options` names
    the shared options if they are others than its kind has, or in another order. `day` words the option for
    the day, if not --as-of, or if none means what is newest: then the day is `NEWEST`.
    `files` adds --out: it writes the result in these formats, by extension, or as JSON.
    """

    name: str
    lines: Callable[[Any, Any], Iterable[str]] | str
    empty: Text | None = None
    data: Callable[[Any], Any] | None = None
    needs: Text | None = None
    is_incomplete: Callable[[Any], bool] | None = None
    options: tuple[str, ...] | None = None
    day: Param | None = None
    files: Mapping[str, Callable[[Any, Any], str | bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The name and meaning of the JSON object with the fields of a request.

    `model` is a type with these fields, for an object that more than one operation sends or returns.
    """

    name: str
    meaning: str
    model: Any = None


@dataclass(frozen=True, slots=True)
class Route:
    """The route of an operation, as `POST /tasks/{number}/close`, with the rights to call it.

    `has_names` marks a request that may name a thing that does not exist. `is_new` is for one that makes a
    thing with an address of its own. The answer of one that `is_silent` has no content.
    """

    address: str
    rights: Rights
    body: Body | None = None
    summary: str = ""
    has_names: bool = False
    is_new: bool = False
    is_silent: bool = False

    @property
    def method(self) -> str:
        """The method of HTTP."""
        return self.address.partition(" ")[0]

    @property
    def path(self) -> str:
        """The path, with its parameters in braces."""
        return self.address.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of an operation on a page: its button, and the page after it.

    `after` may contain the parameters of the path, and the result as `done`; `BACK` goes back. `path` is that
    of the form if it is not the path of the route.
    """

    after: str
    button: Text | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """The requested page, numbered from 1, and its size; `ALL` is everything on one page."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        """The number of items before this page."""
        return (self.page - 1) * self.size

    def part(self, items: Sequence[T]) -> "Part[T]":
        """Return this page of a complete sequence."""
        return Part(tuple(items[self.offset : self.offset + self.size]), len(items))

    def following(self, total: int) -> int | None:
        """Return the number of the next page of this many items; None on the last page."""
        return self.page + 1 if self.page * self.size < total and self.page < LAST_PAGE else None


ALL = Paging(1, 2**31)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page of a longer answer; `total` counts the items of all pages."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CheckedPart(Part[T]):
    """A page of stored records; `problems` are of those in the whole list that cannot be read."""

    problems: tuple[OverzichtError, ...]

    @classmethod
    def of(cls, part: Part[T], problems: Iterable[OverzichtError]) -> "CheckedPart[T]":
        """Return a page with the problems of the whole list."""
        return cls(part.rows, part.total, tuple(problems))


@dataclass(frozen=True, slots=True)
class Upload:
    """A small file that a caller hands in: FILE of a command, a file of a request or a form.

    A parameter of a model is such a file on the command line and in a form, and the JSON object in a request.
    A path is a file of any size; one of a request is there until the operation returns.
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class Operation:
    """A declared function with its doors; `is_dated` if the caller chooses the day of the answer.

    `view` has the method `of` that makes what programs read: of the result, or of each item of a list.
    """

    function: Callable[..., Any]
    command: Command | None
    route: Route | None
    form: Form | None
    is_dated: bool
    view: Any = None

    @property
    def name(self) -> str:
        """The name of the function: the verb."""
        return self.function.__name__

    @property
    def meaning(self) -> str:
        """The docstring."""
        return self.function.__doc__ or ""

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters after the caller, with their types."""
        return dict(list(signature(self.function, eval_str=True).parameters.items())[1:])

    @property
    def result(self) -> Any:
        """The type of the result."""
        return signature(self.function, eval_str=True).return_annotation

    def shown(self, result: Any) -> Any:
        """Return a result, or the items of a list, as programs read it."""
        if self.view is None:
            return result
        if isinstance(result, list):
            return [self.view.of(item) for item in result]
        return self.view.of(result)


def operation(
    *doors: Command | Route | Form, is_dated: bool | None = None, view: Any = None
) -> Callable[[Function], Function]:
    """Return the decorator that declares a function with these doors.

    A route that reads (GET) is dated unless `is_dated` says otherwise; one that changes something is not. A
    command without a route is dated if it has an option for the day.
    """

    def declare(function: Function) -> Function:
        by_kind: dict[type, Any] = {type(door): door for door in doors}
        route = by_kind.get(Route)
        reads = route is not None and route.method == "GET"
        command = by_kind.get(Command)
        if command is not None and route is None:
            reads = command.day is not None or "as-of" in (command.options or ())
        dated = reads if is_dated is None else is_dated
        made = Operation(function, command, route, by_kind.get(Form), dated, view)
        OPERATIONS.setdefault(function.__module__, []).append(made)
        return function

    return declare


def param_of(parameter: Parameter) -> Param:
    """Return the words of a parameter; those of a plain type are empty."""
    return next((part for part in get_args(parameter.annotation) if isinstance(part, Param)), Param())


def kind_of(parameter: Parameter) -> Any:
    """Return the type of a parameter without what is annotated, and without None among its alternatives."""
    kind = parameter.annotation
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    left = [part for part in get_args(kind) if part is not type(None)]
    if len(left) == 1 and type(None) in get_args(kind):
        return kind_of(parameter.replace(annotation=left[0]))
    return kind


def each_line(line: Callable[[Any, Any], str]) -> Callable[[Any, Any], Iterable[str]]:
    """Return the lines of a list whose items have a line each."""
    return lambda items, say: (line(item, say) for item in items)


def operation_named(name: str) -> Operation:
    """Return a declared operation by module and function: `overzicht.subjects.register.tasks.close`."""
    module, _, function = name.rpartition(".")
    return next(declared for declared in OPERATIONS[module] if declared.name == function)
