"""How well two colours can be told apart."""

from views.exports.map_marks import luminance


def contrast(first: str, second: str) -> float:
    """Contrast of two hex colours by WCAG 2.1, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
