"""Points, shares and penalties as they are written in a bank; the readers understand what these give."""

from fractions import Fraction

from elearning.domain.questions.number import number_words

MOST_BELOW = 999


def figure_words(value: Fraction, most: int = MOST_BELOW) -> str:
    """A number as it is written: `2`, `2,5` or `1/3`, whose lower part is at most `most`.

    >>> figure_words(Fraction(5, 2)), figure_words(Fraction(1, 3))
    ('2,5', '1/3')
    """
    if not value * 1000 % 1:
        return number_words(value)
    near = value.limit_denominator(most)
    return f"{near.numerator}/{near.denominator}"


def share_words(value: Fraction, most: int = MOST_BELOW) -> str:
    """A share as it is written: `50%` or `1/3`.

    >>> share_words(Fraction(-1, 2)), share_words(Fraction(1, 3))
    ('-50%', '1/3')
    """
    return figure_words(value, most) if value * 100_000 % 1 else f"{number_words(value * 100)}%"
