"""Checks of the numbers of surveys: shares, parts and totals, sums, changes, and questions of one survey.

A published percentage is read as the whole numbers that are rounded to it. Where only the percentage is
stated, these numbers are taken, and that is stated.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from overzicht.evidence import Text, text
from overzicht.grouping import by_key
from overzicht.register.quantities import NUMBER, WRITTEN, Quantity, whole_number
from overzicht.subjects.census.amounts import (
    DECIMAL,
    PERCENT,
    Share,
    read_amount,
    read_rate,
)
from overzicht.subjects.census.estimates import totals_of, whole_numbers
from overzicht.subjects.census.survey_rows import SurveyRow, shown, span

PAIR = re.compile(rf"({WRITTEN})(?: [a-z]+)? ?(?:is|=|:|\() ?{DECIMAL} ?{PERCENT}", re.IGNORECASE)
TERM = rf"{WRITTEN}(?: [^\W\d]+)?"
SUM = re.compile(rf"({TERM}(?: ?\+ ?{TERM})+)(?: ?= ?({WRITTEN}))?")
OF_WHICH = re.compile(
    rf"({WRITTEN})[^\d.;]{{0,40}}(?:of which|of whom|waarvan|davon|dont) ([^.;]{{1,200}})", re.IGNORECASE
)
GREW = r"(?:an? )?(?:increase|rise) of|up by|up|stijging van|toename van|\+"
SHRANK = r"(?:an? )?(?:decrease|drop|fall) of|down by|down|daling van|afname van|-|−"
CHANGE = re.compile(
    rf"({WRITTEN}) ?(?:->|→|to|naar) ({WRITTEN})[ ,;:(]*(?:een )?({GREW}|{SHRANK}) ?{DECIMAL} ?({PERCENT})?",
    re.IGNORECASE,
)
DIFFERENCE = re.compile(rf"([+\-−]?) ?{DECIMAL} ?({PERCENT})?", re.IGNORECASE)
MEAN = re.compile(
    rf"({WRITTEN})[^\d%]{{0,40}}?(?:mean|average|gemiddelde?|moyenne|durchschnitt)\D{{0,12}}{DECIMAL}"
    rf"(?! ?{PERCENT})",
    re.IGNORECASE,
)
MOST_TOTALS = 5  # that are named


def completed(row: SurveyRow) -> tuple[SurveyRow, tuple[Text, ...]]:
    """Return a row with the numbers that follow from its percentage, and the sentences that state them."""
    rate, base = read_rate(row.published_rate), row.roll_size or row.requested
    if rate is None or base is None:
        return row, ()
    if not row.having_numbers and row.answered_numbers and not _is_response(row, rate):
        numbers = _numbers_of(rate, row.answered)
        if numbers.at_least is not None:
            done = replace(row, with_least=numbers.at_least, with_most=numbers.at_most)
            return done, (_share_is(rate, span(row.answered), span(numbers)),)
    if (
        row.having_numbers
        and not row.answered_numbers
        and rate.is_exact
        and not _fits(rate, row.having, base)
    ):
        totals = [total for total in _totals(rate, row.having) if total <= base]
        if totals:
            done = replace(row, answered_least=totals[0], answered_most=totals[-1])
            return done, (_fits_total(span(row.having), rate, totals),)
    return row, ()


def remarks(row: SurveyRow, *, is_completed: bool = False) -> Iterator[Text]:
    """Yield what contradicts the numbers of a row, or explains them; `is_completed` by its percentage."""
    # the totals that numbers with their percentages fit, from the words of the answers
    pairs = [(whole_number(number), _decimal(rate)) for number, rate in PAIR.findall(row.answered_as_said)]
    pairs_stated = read_amount(row.answered_as_said)
    if pairs and (pairs_stated is None or pairs_stated.total is None):
        pairs_totals = common_total(pairs, row.roll_size or max(number for number, _ in pairs) * 10)
        pairs_written = ", ".join(f"{number} = {rate} %" for number, rate in pairs)
        no_total = text("No total fits {pairs}.", pairs=pairs_written)
        listed = ", ".join(map(str, pairs_totals[:MOST_TOTALS]))
        yield (
            text("{pairs} fits a total of {totals}.", pairs=pairs_written, totals=listed)
            if pairs_totals
            else no_total
        )
    # each number that is more than the total that it is a part of
    sample, roll = Quantity(row.requested, row.requested), Quantity(row.roll_size, row.roll_size)
    wholes = (
        (sample, (roll,)),
        (row.answered, (sample, roll)),
        (row.having, (row.answered, sample, roll)),
    )
    for part, totals in wholes:
        total = next((whole for whole in totals if whole.at_most is not None), None)
        if total and part.at_least is not None and part.at_least > (total.at_most or 0):
            yield text(
                "{number} is more than the {total} that it is a part of.",
                number=part.at_least,
                total=total.at_most or 0,
            )
    yield from _words(row)
    rate = read_rate(row.published_rate)
    if rate is not None and rate.is_exact and not is_completed:
        yield from _rate_remarks(row, rate)
    for words, number in (
        (row.answered_as_said, row.may_have_answered),
        (row.with_as_said, row.may_have),
        (row.note, Quantity()),
    ):
        # for each sum in words whether its parts add up
        for match in SUM.finditer(words):
            parts = [whole_number(part) for part in NUMBER.findall(match[1])]
            stated = Quantity(whole_number(match[2]), whole_number(match[2])) if match[2] else number
            total = Quantity(sum(parts), sum(parts))
            if stated.at_least is None and stated.at_most is None:
                continue
            written = " + ".join(map(str, parts))
            if stated.excludes(total):
                yield text(
                    "{parts} is {total}, not {stated}.", parts=written, total=sum(parts), stated=shown(stated)
                )
            else:
                yield text("{parts} is {total}, as stated.", parts=written, total=sum(parts))
        for match in OF_WHICH.finditer(words):
            whole, parts = whole_number(match[1]), [whole_number(part) for part in NUMBER.findall(match[2])]
            if parts and (max(parts) > whole or ("%" not in match[2] and sum(parts) > whole)):
                written = " + ".join(map(str, parts))
                yield text(
                    "{parts} is more than the {total} that it is a part of.", parts=written, total=whole
                )
        # the changes in words that do not follow from their two numbers
        for match in CHANGE.finditer(words):
            before, after = whole_number(match[1]), whole_number(match[2])
            sign = -1 if re.fullmatch(SHRANK, match[3], re.IGNORECASE) else 1
            yield from _change(before, after, sign * _decimal(match[4]), is_share=bool(match[5]))
        yield from _means(words, row)
    # that the change of a row does not follow from its number and that of the round before
    published_change_match = DIFFERENCE.match(row.change.strip())
    having = row.having_numbers
    if published_change_match and row.previous is not None and len(having) == 1:
        sign = -1 if published_change_match[1] in ("-", "−") else 1
        yield from _change(
            row.previous,
            having[0],
            sign * _decimal(published_change_match[2]),
            is_share=bool(published_change_match[3]),
        )


# Parts and their totals


def common_total(pairs: Sequence[tuple[int, Decimal]], most: int) -> tuple[int, ...]:
    """Return the totals up to `most` that fit each number and its percentage; empty if none does.

    >>> common_total([(12, Decimal(33)), (11, Decimal(30))], 60)
    ()
    """
    fitting = [set(totals_of(percent, number, most)) for number, percent in pairs]
    return tuple(sorted(set.intersection(*fitting))) if fitting else ()


def _words(row: SurveyRow) -> Iterator[Text]:
    """Yield where the words of a number differ from it, or from their own share or total."""
    sample, roll = Quantity(row.requested, row.requested), Quantity(row.roll_size, row.roll_size)
    for words, number, wholes in (
        (row.answered_as_said, row.may_have_answered, (sample, roll)),
        (row.with_as_said, row.may_have, (row.answered, sample, roll)),
    ):
        amount = read_amount(words) if words else None
        if amount is None:
            continue
        stated = Quantity(amount.least, amount.most)
        if amount.has_number and number.excludes(stated):
            yield text("The number is {number}, and in words “{words}”.", number=shown(number), words=words)
        known = [whole for whole in wholes if whole.at_most is not None]
        if (
            amount.total is not None
            and known
            and all(whole.excludes(Quantity(amount.total, amount.total)) for whole in known)
        ):
            others = ", ".join(dict.fromkeys(span(whole) for whole in known))
            yield text(
                "“{words}” counts {total}, not {others}.", words=words, total=amount.total, others=others
            )
        if amount.share is not None:
            # the whole numbers of a share in words, or that its number is another share
            share = amount.share
            base = (
                Quantity(amount.total, amount.total)
                if amount.total is not None
                else next(iter(known), Quantity())
            )
            if base.at_most is None:
                if not amount.has_number:
                    yield text("{rate} %: the number that it is a share of is not stated.", rate=str(share))
                continue
            numbers = _numbers_of(share, base)
            if not amount.has_number:
                yield _share_of(share, base)
            elif numbers.at_least is None or numbers.excludes(Quantity(amount.least, amount.most)):
                shares_stated = shown(Quantity(amount.least, amount.most))
                yield text(
                    "{rate} % of {total} does not fit {have}.",
                    rate=str(share),
                    total=span(base),
                    have=shares_stated,
                )
                if numbers.at_least is None:
                    yield _no_number(share, span(base))


def _share_is(share: Share, total: str, numbers: str) -> Text:
    return text("{rate} % of {total} is {numbers}.", rate=str(share), total=total, numbers=numbers)


def _no_number(share: Share, total: str) -> Text:
    return text("No whole number of {total} is {rate} %.", total=total, rate=str(share))


# Published percentages


def _rate_remarks(row: SurveyRow, share: Share) -> Iterator[Text]:
    """Yield what a published rate is the rate of, or that it fits none of the numbers."""
    numbers, having, total = row.answered_numbers, row.having_numbers, row.roll_size or row.requested or 0
    is_part = bool(numbers) and (not total or numbers[-1] < total)
    if having and is_part:
        fitting = next((n for n in numbers if _fits(share, row.having, n)), None)
        rate = str(share)
        if fitting is not None:
            yield text(
                "{rate} % is the share of the {number} answers that have it.", rate=rate, number=fitting
            )
            return
        if total and _fits(share, row.having, total):
            yield text(
                "{rate} % is the share of all {total} that is known to have it.", rate=rate, total=total
            )
            return
    if total and is_part:
        yield from () if _is_response(row, share) else _no_response(row, share, total)
    elif having and total:
        yield from _share_remarks(share, row.having, total)
    elif having:
        # the totals that a number can be a share of, where no total is stated
        number = row.having
        totals = _totals(share, number)
        if totals:
            text_of_unknown = _fits_total(span(number), share, totals)
        else:
            text_of_unknown = text("No total fits {pairs}.", pairs=f"{span(number)} = {share} %")
        yield text_of_unknown
    elif total:
        yield _share_of(share, Quantity(total, total))
    elif numbers:
        yield _share_of(share, row.answered)


def _no_response(row: SurveyRow, share: Share, total: int) -> Iterator[Text]:
    """Yield that a rate is not that of the answers, and what it can be."""
    numbers = row.answered_numbers
    yield from rate_remarks(share.low, numbers, total)
    is_of_less = any(True for number in numbers for _ in totals_of(share.low, number, total))
    if not row.having_numbers:
        yield _share_of(share, row.answered)
    elif not is_of_less:
        yield from _share_remarks(share, row.having, numbers[0])


def _share_remarks(share: Share, having: Quantity, total: int) -> Iterator[Text]:
    have, fits = span(having), whole_numbers(share.low, total)
    if not _fits(share, having, total):
        yield text("{rate} % of {total} does not fit {have}.", rate=str(share), total=total, have=have)
        yield _share_of(share, Quantity(total, total))
    elif len(fits) == 1:
        yield _share_is(share, str(total), have)
    else:
        yield text(
            "{rate} % of {total} is {least} to {most}; {have} fits.",
            rate=str(share),
            total=total,
            least=fits[0],
            most=fits[-1],
            have=have,
        )


def _share_of(share: Share, total: Quantity) -> Text:
    """Return the whole numbers that are a share of a total, or that there are none."""
    numbers = _numbers_of(share, total)
    if numbers.at_least is None:
        return _no_number(share, span(total))
    return _share_is(share, span(total), span(numbers))


def _fits_total(number: str, share: Share, totals: Sequence[int]) -> Text:
    listed = ", ".join(map(str, totals[:MOST_TOTALS])) + (" …" if len(totals) > MOST_TOTALS else "")
    return text("{pairs} fits a total of {totals}.", pairs=f"{number} = {share} %", totals=listed)


def rate_remarks(rate: Decimal, numbers: Sequence[int], total: int) -> Iterator[Text]:
    """Yield that a published rate fits none of the numbers, with the totals that it does fit."""
    if set(whole_numbers(rate, total)) & set(range(numbers[0], numbers[-1] + 1)):
        return
    for number in numbers:
        yield text(
            "{rate} % was published, and {number} of {total} is {right} %.",
            rate=str(rate),
            number=number,
            total=total,
            right=round(100 * number / total),
        )
        for other in totals_of(rate, number, total):
            yield text(
                "{number} is {rate} % of {other}: {count} bodies are in the number and not in the total.",
                number=number,
                rate=str(rate),
                other=other,
                count=total - other,
            )


def _is_response(row: SurveyRow, rate: Share) -> bool:
    """Return whether a rate is that of the answers, of all or of those that were asked."""
    wholes = {whole for whole in (row.roll_size, row.requested) if whole}
    return any(_fits(rate, row.answered, whole) for whole in wholes)


def _fits(share: Share, number: Quantity, total: int) -> bool:
    """Return whether a number of a range is this share of a total."""
    fits = share.numbers(total)
    return bool(fits) and not number.excludes(Quantity(fits[0], fits[-1]))


def _numbers_of(share: Share, total: Quantity) -> Quantity:
    """Return the whole numbers that are a share of a total, which may be a range; open for none."""
    if total.at_least is None or total.at_most is None:
        return Quantity()
    ends = [number for whole in (total.at_least, total.at_most) for number in share.numbers(whole)]
    return Quantity(min(ends), max(ends)) if ends else Quantity()


def _totals(share: Share, number: Quantity) -> list[int]:
    """Return the totals that a number of a range is a rounded share of, in order."""
    if not share.is_exact or number.at_least is None or number.at_most is None or share.low < 1:
        return []
    most = int(100 * number.at_most / (share.low - Decimal("0.5"))) + 1
    return sorted(
        {total for n in {number.at_least, number.at_most} for total in totals_of(share.low, n, most)}
    )


# Sums, changes and means


def _change(before: int, after: int, stated: Decimal, *, is_share: bool) -> Iterator[Text]:
    right = Decimal(after - before)
    if is_share and before:
        exponent = stated.as_tuple().exponent
        digits = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
        right = (100 * right / before).quantize(digits, ROUND_HALF_UP)
    if right != stated and not (is_share and not before):
        sign = " %" if is_share else ""
        yield text(
            "From {before} to {after} is {right}, not {stated}.",
            before=before,
            after=after,
            right=f"{right:+f}{sign}",
            stated=f"{stated:+f}{sign}",
        )


def _means(words: str, row: SurveyRow) -> Iterator[Text]:
    """Yield the means in words that the total gives for no number of the row."""
    for match in MEAN.finditer(words):
        total, mean = whole_number(match[1]), _decimal(match[2])
        numbers = [n for n in (*row.answered_numbers, *row.having_numbers, row.roll_size, row.requested) if n]
        exponent = mean.as_tuple().exponent
        digits = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        means = {n: (Decimal(total) / n).quantize(digits, ROUND_HALF_UP) for n in dict.fromkeys(numbers)}
        if means and mean not in means.values():
            number, right = next(iter(means.items()))
            yield text(
                "{total} divided by {number} is {right}, not {mean}.",
                total=total,
                number=number,
                right=str(right),
                mean=str(mean),
            )


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


# Questions of one survey


@dataclass(frozen=True, slots=True)
class Compared:
    """A number that the questions of a survey with one key must share, and the sentence where they do not."""

    key: Callable[[SurveyRow], Hashable]
    number: Callable[[SurveyRow], Quantity]
    sentence: Text


COMPARED = (
    Compared(
        lambda row: ("roll", row.roll.casefold()),
        lambda row: Quantity(row.roll_size, row.roll_size),
        text("Question {number} states a roll of {other}, this one {own}."),
    ),
    Compared(
        lambda row: (row.roll.casefold(), row.roll_size),
        lambda row: row.may_have_answered,
        text("Question {number} states {other} answers, this one {own}."),
    ),
    Compared(
        lambda row: (row.question.casefold(), row.day) if row.question else None,
        lambda row: row.may_have,
        text("Question {number} states {other} for the same question and date, this one {own}."),
    ),
)


def contradictions(rows: Sequence[SurveyRow]) -> Mapping[int, tuple[Text, ...]]:
    """Return what contradicts each row in the other questions of its survey, by its place in `rows`."""
    sentences_by_place: dict[int, list[Text]] = {}
    for numbers in by_key((row.survey, place) for place, row in enumerate(rows)).values():
        for place, sentence in _contradictions([(n, rows[n]) for n in numbers]):
            sentences_by_place.setdefault(place, []).append(sentence)
    return {place: tuple(sentences) for place, sentences in sentences_by_place.items()}


def _contradictions(rows: Sequence[tuple[int, SurveyRow]]) -> Iterator[tuple[int, Text]]:
    for compared in COMPARED:
        groups = by_key((compared.key(row), (place, row)) for place, row in rows)
        for key, group in groups.items():
            stated = [(place, row) for place, row in group if compared.number(row) != Quantity()]
            for place, row in stated[1:] if key else ():
                first = stated[0][
                    1
                ]  # the others are compared with the first, so that one error is one remark
                own, other = compared.number(row), compared.number(first)
                if own.excludes(other):
                    yield (
                        place,
                        compared.sentence.filled(number=first.number, other=shown(other), own=shown(own)),
                    )
    for place, whole in rows:
        parts = [row.having for _, row in rows if row.part_of == whole.number]
        yield from ((place, sentence) for sentence in _added(parts, whole.having))
    # that the percentages of several questions, each of one unknown total, fit no one total
    pairs = []
    for common_place, row in rows:
        rate = read_rate(row.published_rate)
        if (
            rate
            and rate.is_exact
            and len(row.having_numbers) == 1
            and not (row.answered_numbers or row.roll_size)
        ):
            pairs.append((common_place, row.having_numbers[0], rate.low))
    if len(pairs) < 2:
        return
    most = max(number for _, number, _ in pairs) * 100
    totals = common_total([(number, rate) for _, number, rate in pairs], most)
    written = ", ".join(f"{number} = {rate} %" for _, number, rate in pairs)
    sentence = text("No total fits {pairs}.", pairs=written)
    if totals:
        listed = ", ".join(map(str, totals[:MOST_TOTALS]))
        sentence = text("{pairs} fits a total of {totals}.", pairs=written, totals=listed)
    yield pairs[-1][0], sentence


def _added(parts: Sequence[Quantity], whole: Quantity) -> Iterator[Text]:
    """Yield whether the questions that are parts of another one add up to its number."""
    if not parts or whole.at_least is None or any(part.at_least is None for part in parts):
        return
    total = Quantity(sum(part.at_least or 0 for part in parts), sum(part.at_most or 0 for part in parts))
    written = " + ".join(map(span, parts))
    if total.excludes(whole):
        yield text("{parts} is {total}, not {stated}.", parts=written, total=span(total), stated=span(whole))
    else:
        yield text("{parts} is {total}, as stated.", parts=written, total=span(total))
