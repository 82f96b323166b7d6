"""The picture of the page for the README: `python -m tests.browser.picture`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, Server, Tab

TARGET = Path(__file__).parents[2] / "docs" / "figures" / "live.png"
DAY = "Sat 9 Dec 2017"


def main() -> None:
    """Play to a day in December, look at somebody who just refused, and take the picture."""
    server = Server()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = Tab(browser, server.url)
        tab.page.set_viewport_size({"width": 1600, "height": 1000})
        tab.play_to(52, 10)
        while tab.text("date") != DAY:
            before = tab.day
            tab.press("One day")
            tab.until_day(before + 1)
        tab.page.mouse.click(5, 5)
        tab.page.wait_for_timeout(800)
        tab.page.screenshot(path=TARGET)
        browser.close()
    server.stop()


if __name__ == "__main__":
    main()
