"""What the attacks on the tiny lesson share: answers to `row_means`, and what must be true of any verdict on them."""


def answer(result: str, before: str = "") -> str:
    """A cell that defines `row_means` with the given body, after some lines of its own."""
    return f"{before}\ndef row_means(X):\n    {result}\n"


def nothing_won(items: dict) -> None:
    """The wrong answer got nothing, and the other exercise no more than its points."""
    wrong, other = items["row_means"], items["noisy"]
    assert wrong.points == 0 and not wrong.passed and wrong.max_points == 3, wrong
    assert 0 <= other.points <= other.max_points == 2
    assert other.passed == (other.points == 2)
    assert len(wrong.sentence) > 20
