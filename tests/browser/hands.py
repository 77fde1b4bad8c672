"""Two ways to do the same: with the mouse (or a thumb), and with nothing but the keyboard."""

from playwright.sync_api import Locator, Page


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).click()
        self.page.keyboard.type(text)

    def press(self, name: str) -> None:
        """The button with this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """The link with this name."""
        self.page.get_by_role("link", name=name, exact=True).first.click()


class Keyboard:
    """Comes everywhere with Tab, and sees on the way where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, label: str, text: str) -> None:
        self._go_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(text)

    def press(self, name: str) -> None:
        self._go_to(self.page.get_by_role("button", name=name, exact=True))
        self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        self._go_to(self.page.get_by_role("link", name=name, exact=True).first)
        self.page.keyboard.press("Enter")

    def _go_to(self, place: Locator) -> None:
        """Tab until the focus is there; it must be visible, and not hidden behind what sticks to the edge (2.4.11)."""
        for _ in range(150):
            if place.evaluate("element => element === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        assert place.evaluate("element => element === document.activeElement"), "Tab never comes there"
        assert place.evaluate(SEEN), "the focus cannot be seen"


SEEN = """element => {
  const box = element.getBoundingClientRect();
  const above = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
  const outline = parseFloat(getComputedStyle(element).outlineWidth) >= 2;
  return outline && (element.contains(above) || above?.contains(element));
}"""
