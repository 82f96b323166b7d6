"""What can be seen and reached: sizes, keys, contrast, names for those who cannot see, hints."""

import pytest

SIZES = {"laptop": (1366, 768), "desktop": (1920, 1080), "tablet": (820, 1180), "phone": (390, 844), "small phone": (340, 640)}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(tab, size):
    tab.play_to(16)
    tab.page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    tab.page.wait_for_timeout(500)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    too_wide = "[...document.querySelectorAll('.page *')].filter((at) => at.getBoundingClientRect().right > innerWidth + 1).length"
    assert tab.page.evaluate(too_wide) == 0
    if "phone" in size:
        small = tab.page.evaluate(
            "[...document.querySelectorAll('.controls button')].map((at) => at.getBoundingClientRect().height)"
        )
        assert min(small) >= 44


def test_axe_finds_nothing(tab):
    from axe_playwright_python.sync_playwright import Axe

    to_say = Axe().run(tab.page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in to_say] == []
    tab.play_to(22)
    tab.press("Somebody who just refused")
    tab.page.wait_for_timeout(400)
    to_say = Axe().run(tab.page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in to_say] == []


@pytest.mark.parametrize("focus", ["body", ".controls .main", ".lever input[type=range]", ".chart-tonight", ".legend [data-tip]"])
def test_space_acts_once_whatever_has_the_focus(tab, focus):
    if focus != "body":
        tab.page.locator(focus).first.evaluate("at => { at.tabIndex = at.tabIndex < 0 ? 0 : at.tabIndex; at.focus(); }")
    tab.page.keyboard.press("Space")
    tab.page.get_by_role("button", name="Pause", exact=True).wait_for()
    tab.until_day(2)
    tab.page.keyboard.press("Space")
    tab.page.get_by_role("button", name="Play", exact=True).wait_for()
    assert tab.page.evaluate("scrollY") == 0


def test_arrows_go_on_by_a_day_and_by_a_round(tab):
    tab.page.keyboard.press("ArrowRight")
    tab.until_day(1)
    tab.page.keyboard.press("ArrowRight")
    tab.until_day(2)
    tab.play_to(20)
    for _ in range(3):
        if "round 1 of 10" in tab.text("story"):
            break
        tab.page.keyboard.press("Shift+ArrowRight")
        tab.page.wait_for_timeout(400)
    assert "round 1 of 10" in tab.text("story")
    assert tab.page.evaluate("scrollY") == 0


def test_everything_can_be_reached_by_the_keyboard(tab):
    reached = set()
    for _ in range(120):
        tab.page.keyboard.press("Tab")
        reached.add(
            tab.page.evaluate(
                "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').trim()"
            )
        )
    for wanted in ("Play", "One day", "One round", "To the end", "Start over", "Speed", "Highest pay",
                   "Highest pay, EUR/h", "Pricing",
                   "Run folder (zip)", "Scenario (TOML)", "Somebody who just refused", "Berlin"):  # fmt: skip
        assert wanted in reached, wanted


def test_a_term_explains_itself_on_hover_and_focus(tab):
    term = tab.page.locator(".lever label").first
    term.hover()
    hint = tab.page.locator("#hint")
    hint.wait_for(state="visible")
    assert "Amazon Flex kommt nach Berlin" in hint.inner_text()
    assert "flex.pay_hour_max_2017" not in hint.inner_text()
    tab.page.keyboard.press("Escape")
    hint.wait_for(state="hidden")
    term.focus()
    hint.wait_for(state="visible")


def test_late_explains_itself(tab):
    tab.press("One day")
    tab.until_day(1)
    tab.page.locator(".cause [data-tip]").hover()
    hint = tab.page.locator("#hint")
    hint.wait_for(state="visible")
    assert "Late is what is delivered more than a working day after it came." in hint.inner_text()


def test_on_a_phone_play_stays_in_reach_and_levers_follow_the_evening(tab):
    tab.page.set_viewport_size({"width": 390, "height": 844})
    top = "at => at.getBoundingClientRect().top + scrollY"
    order = [
        tab.page.locator(f".section-{name}").evaluate(top) for name in ("tonight", "levers", "gap", "berlin", "driver", "take")
    ]
    assert order == sorted(order)
    for where in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
        tab.page.evaluate(f"scrollTo(0, {where})")
        play = tab.page.get_by_role("button", name="Play", exact=True).bounding_box()
        assert play["y"] >= 0
        assert play["y"] + play["height"] <= 844
    last = tab.page.get_by_role("button", name="Copy", exact=True).bounding_box()
    assert last["y"] + last["height"] < play["y"]
    tab.press("Play")
    tab.until_day(2)
    tab.press("Pause")


def test_a_phone_is_told_of_no_keys_and_says_under_the_levers_what_they_change(tab):
    keys, below = tab.page.locator(".keys"), tab.page.locator(".section-levers [data-live=compared]")
    assert keys.is_visible()
    assert not below.is_visible()
    tab.page.set_viewport_size({"width": 390, "height": 844})
    assert not keys.is_visible()
    assert below.is_visible()
    assert below.inner_text() == tab.text("compared")


def test_there_is_an_icon(tab, server):
    icon = tab.page.evaluate("document.querySelector('link[rel~=icon]').href")
    assert icon
    answer = tab.page.request.get(f"{server.url}favicon.ico")
    assert answer.status == 200
    assert b"0E3E93" in answer.body() or answer.headers["content-type"].startswith("image")


def test_the_font_of_the_house_is_the_one_drawn(tab):
    assert tab.page.evaluate("document.fonts.check(\"14px 'Source Sans Pro'\")")
    assert tab.page.evaluate("getComputedStyle(document.querySelector('.story')).fontFamily").startswith('"Source Sans Pro"')
