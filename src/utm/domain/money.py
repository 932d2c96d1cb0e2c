"""Money: an exact decimal amount in one currency, ranges of it, and who pays which share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from typing import Self

from attrs import frozen

from utm.domain.currencies import decimals_of, require_currency
from utm.domain.wording import two_readings
from utm.errors import InvalidValueError

__all__ = ["AmountRange", "CoFinancing", "Money"]

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:(?P<mark>[ ,'])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:\.[0-9]+)?")
_AMBIGUOUS = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}")
_WITH_CODE = re.compile(
    r"(?P<before>[A-Za-z]{3})\s?(?P<amount>-?[0-9].*)|(?P<number>-?[0-9].*?)\s?(?P<after>[A-Za-z]{3})"
)
_LONGEST_TEXT = 60
_MOST_DIGITS = 30
# Exact or an error: the ambient context of decimals, which anybody may change, is never used.
_EXACT = Context(prec=200, traps=[Inexact])


@frozen(kw_only=True)
class Money:
    """An exact amount in one currency; it never becomes a binary fraction.

    Parameters
    ----------
    amount
        The amount in whole units of the currency, at most 30 digits. Negative amounts are
        corrections and repayments.
    currency
        ISO 4217 code, e.g. ``EUR``; withdrawn ones such as ``HRK`` too.

    Raises
    ------
    InvalidValueError
        The amount is no finite ``Decimal``, or the code is that of no currency.
    """

    amount: Decimal
    currency: str

    def __attrs_post_init__(self) -> None:
        amount = self.amount
        if type(amount) is not Decimal or not amount.is_finite():
            raise InvalidValueError(kind="amount", value=amount, reason="must be a finite Decimal")
        _, digits, exponent = amount.as_tuple()
        if max(len(digits), len(digits) + abs(int(exponent))) > _MOST_DIGITS:
            raise InvalidValueError(
                kind="amount", value=str(amount), reason=f"has over {_MOST_DIGITS} digits"
            )
        require_currency(self.currency)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """Make money from a whole number, a ``Decimal`` or its text: ``Money.of("2.50", "EUR")``.

        Raises
        ------
        InvalidValueError
            The amount is anything else, a ``float`` above all, or reads in two ways.
        """
        if type(amount) is Decimal:
            return cls(amount=amount, currency=currency)
        if type(amount) is int:
            # A number of thousands of digits is refused before it is turned into text.
            if abs(amount) >= 10**_MOST_DIGITS:
                raise InvalidValueError(
                    kind="amount", value="a number", reason=f"has over {_MOST_DIGITS} digits"
                )
            return cls(amount=Decimal(amount), currency=currency)
        return cls(amount=_number(amount), currency=currency)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount with its code before or behind it: ``EUR 1,200,000``, ``12.50 usd``.

        Raises
        ------
        InvalidValueError
            There is no code, or the number reads in two ways (``50.000``).
        """
        readable = type(text) is str and len(text) <= _LONGEST_TEXT
        match = _WITH_CODE.fullmatch(" ".join(text.split())) if readable else None
        if match is None:
            raise InvalidValueError(
                kind="money", value=text, reason="is no amount with a currency code"
            )
        code = match["before"] or match["after"]
        return cls.of(match["amount"] or match["number"], code.upper())

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add amounts of one currency up, exactly and in any order.

        Raises
        ------
        InvalidValueError
            There is none, or two currencies meet.
        """
        total: Money | None = None
        for each in amounts:
            total = each if total is None else total + each
        if total is None:
            raise InvalidValueError(kind="total", value=None, reason="has nothing to add up")
        return total

    def __add__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(amount=_EXACT.add(self.amount, other.amount), currency=self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + (-other)

    def __neg__(self) -> Money:
        return Money(amount=self.amount.copy_negate(), currency=self.currency)

    def __lt__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.amount <= other.amount

    def share(self, share: Decimal) -> Money:
        """Take a share of it, rounded half to even to the smallest coin of the currency.

        Parameters
        ----------
        share
            A ``Decimal`` in [0, 1].
        """
        _require_share(share)
        exact = _EXACT.multiply(self.amount, share)
        coin = Decimal(1).scaleb(-decimals_of(self.currency))
        rounded = exact.quantize(coin, rounding=ROUND_HALF_EVEN, context=Context(prec=200))
        return Money(amount=rounded, currency=self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,f}"

    def _require_same_currency(self, other: Money) -> None:
        if other.currency != self.currency:
            raise InvalidValueError(
                kind="currencies",
                value=f"{self.currency} and {other.currency}",
                reason="are never mixed: convert one at a rate that you can cite",
            )


@frozen(kw_only=True)
class AmountRange:
    """From how much to how much money one project may get, both ends included.

    Parameters
    ----------
    lowest, highest
        The ends, of one currency and not negative; ``None`` where none is stated. At least
        one is given.
    """

    lowest: Money | None = None
    highest: Money | None = None

    def __attrs_post_init__(self) -> None:
        stated = [end for end in (self.lowest, self.highest) if end is not None]
        if not stated:
            raise InvalidValueError(kind="range of amounts", value=None, reason="has no end")
        if any(end.amount < 0 for end in stated):
            raise InvalidValueError(
                kind="range of amounts", value=str(self), reason="must not be negative"
            )
        if stated[-1] < stated[0]:
            raise InvalidValueError(
                kind="range of amounts", value=str(self), reason="ends below where it begins"
            )

    @property
    def currency(self) -> str:
        """The currency of both ends."""
        end = self.lowest or self.highest
        return end.currency if end else ""

    def own_contribution(self, cost: Money) -> Money:
        """What exceeds the highest amount of a cost: the applicant brings at least that.

        Raises
        ------
        InvalidValueError
            The highest amount is of another currency.
        """
        nothing = Money(amount=Decimal(0), currency=cost.currency)
        return nothing if self.highest is None else max(cost - self.highest, nothing)

    def __contains__(self, money: Money) -> bool:
        over = self.lowest is None or self.lowest <= money
        return over and (self.highest is None or money <= self.highest)

    def __str__(self) -> str:
        if self.lowest is None:
            return f"up to {self.highest}"
        return f"from {self.lowest}" if self.highest is None else f"{self.lowest} to {self.highest}"


@frozen(kw_only=True)
class CoFinancing:
    """Which share of the cost the provider pays at most; the applicant brings the rest.

    Parameters
    ----------
    highest_funded_share
        A ``Decimal`` in [0, 1]; 1 means that nothing has to be brought.
    note
        Conditions in words, e.g. ``"70 % for companies"``.
    """

    highest_funded_share: Decimal
    note: str = ""

    def __attrs_post_init__(self) -> None:
        _require_share(self.highest_funded_share)

    def own_contribution(self, cost: Money) -> Money:
        """What the applicant brings at least for a cost; the two parts add up to it exactly."""
        return cost - cost.share(self.highest_funded_share)


def _require_share(share: object) -> None:
    if type(share) is not Decimal or not share.is_finite() or not 0 <= share <= 1:
        raise InvalidValueError(kind="share", value=share, reason="must be a Decimal in [0, 1]")


def _number(written: object) -> Decimal:
    if type(written) is not str or len(written) > _LONGEST_TEXT:
        raise InvalidValueError(
            kind="amount", value=written, reason="is neither a whole number nor exact text"
        )
    text = written.strip()
    if _AMBIGUOUS.fullmatch(text):
        raise InvalidValueError(
            kind="amount",
            value=written,
            reason=f"may be read in two ways: write {two_readings(text)}",
        )
    if not text.isascii() or not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise InvalidValueError(kind="amount", value=written, reason="is no number such as 1250.50")
    return Decimal(re.sub(r"[ ,']", "", text))
