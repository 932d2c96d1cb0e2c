"""Money is exact, keeps to its currency and never becomes a binary fraction."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import AmountRange, CoFinancing, Money
from utm.errors import InvalidValueError
from utm.testing.funding import amount_ranges, moneys


@given(st.lists(moneys(), min_size=1, max_size=8), st.randoms())
def test_a_sum_is_exact_and_the_same_in_any_order(amounts: list[Money], random) -> None:
    shuffled = list(amounts)
    random.shuffle(shuffled)
    exact = sum((Fraction(each.amount) for each in amounts), Fraction(0))

    assert Fraction(Money.total(amounts).amount) == exact
    assert Money.total(shuffled) == Money.total(amounts)


@given(moneys(), moneys())
def test_no_context_of_decimals_changes_a_sum(one: Money, other: Money) -> None:
    exact = Fraction(one.amount) + Fraction(other.amount)
    with decimal.localcontext() as context:
        context.prec = 3
        assert Fraction((one + other).amount) == exact
        assert Fraction((-one).amount) == -Fraction(one.amount)


@given(moneys(), st.integers(0, 10_000))
def test_what_is_paid_and_what_is_brought_add_up_to_the_cost(cost: Money, points: int) -> None:
    share = Decimal(points).scaleb(-4)
    terms = CoFinancing(highest_funded_share=share)

    assert cost.share(share) + terms.own_contribution(cost) == cost
    assert abs(Fraction(cost.share(share).amount) - Fraction(cost.amount) * Fraction(share)) <= (
        Fraction(1, 200)
    )


@given(moneys())
def test_what_is_written_is_read_again(money: Money) -> None:
    assert Money.parse(f"{money.currency} {money.amount:f}") == money


@pytest.mark.parametrize("amount", [0.1, 1.0, True, None, "1e5", "NaN", "50.000", "1,5", "١٢"])
def test_an_amount_that_is_not_exact_text_is_refused(amount: object) -> None:
    with pytest.raises(InvalidValueError):
        Money.of(amount, "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [1.0, Decimal("NaN"), Decimal("Infinity"), Decimal("1e40"), 1])
def test_only_a_finite_decimal_of_few_digits_is_an_amount(amount: object) -> None:
    with pytest.raises(InvalidValueError):
        Money(amount=amount, currency="EUR")  # type: ignore[arg-type]


def test_a_number_of_a_million_digits_is_refused_at_once() -> None:
    with pytest.raises(InvalidValueError, match="30 digits"):
        Money.of(10**1_000_000, "EUR")


def test_two_currencies_are_never_mixed() -> None:
    euros, dollars = Money.of(1, "EUR"), Money.of(1, "USD")

    for mix in (lambda: euros + dollars, lambda: euros - dollars, lambda: euros < dollars):
        with pytest.raises(InvalidValueError, match="never mixed"):
            mix()


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("EUR 1,200,000", "1200000", "EUR"),
        ("12.50 usd", "12.50", "USD"),
        ("1 200 000 JPY", "1200000", "JPY"),
        ("EUR-5", "-5", "EUR"),
    ],
)
def test_an_amount_is_read_with_its_code(text: str, amount: str, currency: str) -> None:
    assert Money.parse(text) == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize("text", ["1200", "EUR", "€ 5", "EUR 1.2.3", "EUR 1,20", "EUR 50,000"])
def test_an_amount_without_code_or_with_two_readings_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Money.parse(text)


@pytest.mark.parametrize(
    "code", ["QQQ", "eur", "EU", "EURO", "", "XXX", "XTS", "XAU", "EUR\n", None, 978]
)
def test_a_code_of_no_currency_is_refused(code: object) -> None:
    with pytest.raises(InvalidValueError, match="ISO 4217"):
        Money(amount=Decimal(1), currency=code)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["EUR", "UAH", "XDR", "HRK", "BGN", "DEM", "ANG"])
def test_a_currency_in_use_or_withdrawn_is_one(code: str) -> None:
    assert Money.parse(f"{code} 1.50") == Money(amount=Decimal("1.50"), currency=code)


def test_a_share_is_rounded_to_the_coins_that_there_are() -> None:
    third = Decimal("0.3333")

    assert Money.of(100, "EUR").share(third) == Money.of("33.33", "EUR")
    assert Money.of(100, "JPY").share(third) == Money.of(33, "JPY")
    assert Money.of(100, "KWD").share(third) == Money.of(Decimal("33.33"), "KWD")
    assert Money.of(1, "CLF").share(third) == Money.of(third, "CLF")


@given(amount_ranges(), moneys())
def test_a_range_holds_its_ends_and_what_lies_between(range_: AmountRange, money: Money) -> None:
    ends = [end for end in (range_.lowest, range_.highest) if end is not None]

    assert all(end in range_ for end in ends)
    below = range_.lowest is not None and money.amount < range_.lowest.amount
    above = range_.highest is not None and money.amount > range_.highest.amount
    assert (money in range_) is not (below or above)


@given(moneys(), moneys())
def test_what_exceeds_the_highest_amount_is_brought_and_never_less_than_nothing(
    cost: Money, highest: Money
) -> None:
    highest = max(highest, -highest)
    brought = AmountRange(highest=highest).own_contribution(cost)

    assert Fraction(brought.amount) == max(Fraction(cost.amount) - Fraction(highest.amount), 0)


def test_a_range_without_a_highest_amount_leaves_nothing_to_be_brought() -> None:
    assert AmountRange(lowest=Money.of(1, "EUR")).own_contribution(Money.of(9, "EUR")) == (
        Money.of(0, "EUR")
    )


def test_what_exceeds_an_amount_of_another_currency_is_not_told() -> None:
    with pytest.raises(InvalidValueError, match="never mixed"):
        AmountRange(highest=Money.of(1, "USD")).own_contribution(Money.of(9, "EUR"))


def test_a_range_that_ends_below_its_beginning_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="below"):
        AmountRange(lowest=Money.of(2, "EUR"), highest=Money.of(1, "EUR"))
    with pytest.raises(InvalidValueError, match="no end"):
        AmountRange()


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_a_number_with_two_meanings_is_refused_with_both_written_plainly(
    whole: int, part: int, sign: str
) -> None:
    with pytest.raises(InvalidValueError, match="may be read in two ways") as refused:
        Money.parse(f"{whole}{sign}{part:03} EUR")
    large, small = refused.value.reason.rpartition("write ")[2].split(" or ")

    assert Money.parse(f"{large} EUR").amount == 1000 * whole + part
    assert Money.parse(f"{small} EUR").amount == whole + Decimal(part).scaleb(-3)
