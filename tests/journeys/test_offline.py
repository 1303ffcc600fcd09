"""Without a network: nothing written is lost or can be read on the device, and "safe" is read back."""

import os
import re
import signal
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alert4you.config.testing import chromium
from alert4you.demo.tablet import PINS
from tests.journeys.conftest import FLAGS, WIDTHS

pytestmark = pytest.mark.chromium

PIN, WRONG = "482913", "135790"
EXCHANGE = re.compile("/offline/(items|safe)/")
SETTLED = 20_000  # ms: the longest that a queue with a network may take here
DUMP = """async () => {
    const letters = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder("latin1").decode(value) : value instanceof CryptoKey ? "key" : value;
    const told = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
    for (const {name} of await indexedDB.databases()) {
        const base = await new Promise((done) => {
            indexedDB.open(name).onsuccess = (event) => done(event.target.result);
        });
        for (const room of base.objectStoreNames) {
            const rows = await new Promise((done) => {
                base.transaction(room).objectStore(room).getAll().onsuccess = (e) => done(e.target.result);
            });
            told.push(room + JSON.stringify(rows, (_key, value) => letters(value)));
        }
        base.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            const readable = /text|json|script/.test(answer.headers.get("content-type"));
            told.push(`${name} ${new URL(request.url).pathname} ${readable ? await answer.text() : ""}`);
        }
    }
    return told;
}"""

Here = Callable[..., Page]


@pytest.fixture
def device(browser: Browser, demo: str) -> Iterator[Here]:
    """A device on which this persona has stepped in; the page of a child is open, and the shell is kept."""
    opened: list[BrowserContext] = []

    def at(persona: str = "Fatima", size: str = "tablet") -> Page:
        width, height = WIDTHS[size]
        screen = {"width": width, "height": height}
        context = browser.new_context(base_url=demo, viewport=screen, locale="nl-NL")
        opened.append(context)
        return step_in(context.new_page(), persona)

    yield at
    for context in opened:
        context.close()


def step_in(page: Page, persona: str = "Fatima") -> Page:
    page.goto("/")
    page.get_by_role("button", name=persona).first.click()
    page.get_by_role("main").get_by_role("link", name="Fenna").first.click()
    page.evaluate("navigator.serviceWorker.ready")
    expect(page.locator("meta[name=stamp]")).to_have_count(1)
    page.wait_for_function(
        "async () => (await caches.keys()).length === 1 && (await indexedDB.databases()).length === 1"
    )
    return page


def write(page: Page, words: str) -> None:
    page.locator("textarea").first.fill(words)
    page.get_by_role("main").get_by_role("button", name="Opslaan", exact=True).first.click()


def away(page: Page, words: str) -> None:
    """Written while the network is away; the form is empty for the next one."""
    write(page, words)
    expect(page.locator("#messages")).to_contain_text("Op dit apparaat bewaard")
    expect(page.locator("textarea").first).to_have_value("")


def home(page: Page, number: int) -> None:
    """Everything was brought home and read back."""
    expect(page.locator("#offline-status")).to_be_hidden(timeout=SETTLED)
    page.goto("/offline/")
    expect(page.locator("#offline-list [data-state=safe]:visible")).to_have_count(number)


def on_the_line(page: Page, words: str) -> int:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Fenna").first.click()
    page.get_by_role("link", name="De lijn van Fenna").click()
    return page.get_by_text(words, exact=True).count()


def test_two_notes_are_kept_sent_and_read_back(device: Here) -> None:
    page = device(size="phone")
    page.context.set_offline(True)
    away(page, "Fenna telde tot drie.")
    away(page, "Daarna ging ze slapen.")
    expect(page.locator("#offline-status")).to_contain_text("2 notities nog op dit apparaat")
    kept = "\n".join(page.evaluate(DUMP))
    assert kept.count('"sealed"') == 2
    assert re.findall("Fenna|telde|Onstein|slapen|Fatima", kept) == []
    page.context.set_offline(False)
    home(page, 2)
    assert on_the_line(page, "Fenna telde tot drie.") == 1
    assert on_the_line(page, "Daarna ging ze slapen.") == 1


def test_logged_out_with_a_full_queue(device: Here) -> None:
    """The work goes home from the door, where nobody is signed in."""
    page = device()
    page.context.route("**/offline/items/", lambda route: route.abort())
    away(page, "Fenna zwaaide naar de bus.")
    page.locator("details[data-menu] summary").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(re.compile("welcome|login|/$"))
    expect(page.locator("#offline-status")).to_contain_text("1 notitie nog op dit apparaat")
    page.context.clear_cookies(name="sessionid")
    page.context.unroute("**/offline/items/")
    page.reload()
    home(page, 1)


def test_a_new_version_of_the_app_takes_the_queue_along(device: Here) -> None:
    page = device()
    page.context.set_offline(True)
    away(page, "Fenna bouwde een toren.")
    page.evaluate("""async () => {
        await caches.open("shell-of-before");
        await (await navigator.serviceWorker.getRegistration()).unregister();
    }""")
    page.context.route("**/offline/items/", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    page.wait_for_function("async () => !(await caches.keys()).includes('shell-of-before')")
    expect(page.locator("#offline-status")).to_contain_text("1 notitie nog op dit apparaat")
    page.context.unroute("**/offline/items/")
    page.reload()
    home(page, 1)


def test_lost_answers_make_no_loss_and_no_double(device: Here) -> None:
    """The server has it, the device never hears: the first answer to each question is dropped."""
    page, heard = device(), set()

    def lossy(route: object) -> None:
        answer = route.fetch()
        if route.request.url in heard:
            route.fulfill(response=answer)
        else:
            heard.add(route.request.url)
            route.abort()

    page.context.set_offline(True)
    for number in range(3):
        away(page, f"Fenna sprong {number} keer.")
    page.context.route(EXCHANGE, lossy)
    page.context.set_offline(False)
    expect(page.locator("#offline-status")).to_be_hidden(timeout=2 * SETTLED)
    page.context.unroute(EXCHANGE)
    assert len(heard) == 2
    home(page, 3)
    assert on_the_line(page, "Fenna sprong 0 keer.") == 1
    assert [page.get_by_text(f"Fenna sprong {n} keer.", exact=True).count() for n in (1, 2)] == [
        1,
        1,
    ]


def test_a_slow_answer_is_not_waited_for(device: Here) -> None:
    page = device()
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    told = {"offline": False, "latency": 4000, "downloadThroughput": -1, "uploadThroughput": -1}
    slow.send("Network.emulateNetworkConditions", told)
    away(page, "Fenna at een hele appel.")
    expect(page.locator("#offline-status")).to_be_visible()
    slow.send("Network.emulateNetworkConditions", {**told, "latency": 0})
    home(page, 1)


def test_the_browser_is_killed_between_tap_and_sync(
    browser: Browser, demo: str, tmp_path: Path
) -> None:
    start = browser.browser_type.launch_persistent_context
    told = {"executable_path": chromium(), "args": FLAGS, "base_url": demo, "locale": "nl-NL"}
    context = start(tmp_path, **told)
    page = step_in(context.new_page())
    context.set_offline(True)
    away(page, "Fenna troostte haar pop.")
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--user-data-dir={tmp_path}" in process.read_text():
                os.kill(int(process.parent.name), signal.SIGKILL)
    with suppress(Exception):
        context.close()
    (tmp_path / "SingletonLock").unlink(missing_ok=True)
    context = start(tmp_path, **told)
    home(step_in(context.new_page()), 1)
    context.close()


def test_what_the_server_refuses_stays_on_the_screen(device: Here) -> None:
    page = device()
    also = page.locator("fieldset#id_also label.note-pick")
    name = also.first.inner_text().strip()
    also.first.click()
    write(page, f"{name} en Fenna bouwden samen.")
    expect(page.locator("#messages [role=alert]")).to_contain_text("zou dan ook bij de andere")
    expect(page.locator("textarea").first).to_have_value(f"{name} en Fenna bouwden samen.")
    assert "items[]" in page.evaluate(DUMP)


def test_a_device_that_keeps_nothing_says_so(device: Here) -> None:
    page = device()
    page.evaluate("""() => { IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError"); } }""")
    page.context.set_offline(True)
    write(page, "Fenna lachte hardop.")
    expect(page.locator("#messages [role=alert]")).to_contain_text("kan niets bewaren")
    expect(page.locator("textarea").first).to_have_value("Fenna lachte hardop.")
    page.context.set_offline(False)
    page.get_by_role("main").get_by_role("button", name="Opslaan", exact=True).click()
    page.wait_for_url("/")
    assert on_the_line(page, "Fenna lachte hardop.") == 1


def unlock(page: Page, pin: str) -> None:
    page.get_by_label("Je pincode").fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()


def prepared(page: Page) -> None:
    page.goto("/offline/")
    page.get_by_label("Je pincode").fill(PIN)
    page.get_by_label("Nog een keer").fill(PIN)
    page.get_by_role("button", name="Zet het hier klaar").click()
    expect(page.locator("[data-people] button")).to_have_text(re.compile("Fatima"))


def test_from_a_cold_start_without_a_network(device: Here) -> None:
    page = device("Fatima", "phone")
    prepared(page)
    context = page.context
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto("/children/")
    page.get_by_role("button", name="Fatima").click()
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("nog 4 keer")
    unlock(page, PIN)
    page.get_by_role("button", name="Fenna").click()
    expect(page.get_by_role("heading", name="Fenna")).to_be_visible()
    away(page, "Fenna vond een slak.")
    page.get_by_text("Hoe gaat het vandaag?").click()
    page.locator("input[name=itself][value='4']").check(force=True)
    page.get_by_role("button", name="Opslaan").last.click()
    expect(page.locator("#offline-status")).to_contain_text("2 notities nog op dit apparaat")
    page.get_by_role("button", name="Vandaag").click()
    page.get_by_role("button", name="Vergrendel").click()
    expect(page.get_by_text("Fenna")).to_have_count(0)
    told = page.evaluate(DUMP)
    assert re.findall("Fenna|slak|Onstein|Doortje|Vlinders", "\n".join(told)) == []
    kept = [each.split()[1] for each in told if each.startswith("shell-")]
    assert {each for each in kept if not each.startswith("/static/")} == {"/offline/"}
    context.set_offline(False)
    home(page, 2)
    assert on_the_line(page, "Fenna vond een slak.") == 1


def test_five_wrong_pins_and_the_end_of_the_day_wipe_the_pack(device: Here) -> None:
    page = device()
    prepared(page)
    page.context.set_offline(True)
    page.reload()
    page.clock.set_system_time("2026-11-30T09:00:00")
    page.reload()
    expect(page.get_by_text("Hier kan nog niemand zonder netwerk werken")).to_be_visible()
    assert '"sealed"' not in "".join(page.evaluate(DUMP))
    page.context.set_offline(False)
    page = device()
    prepared(page)
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Fatima").click()
    for left in (4, 3, 2):
        unlock(page, WRONG)
        expect(page.locator("#messages")).to_contain_text(f"nog {left} keer")
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("Nog één keer")
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("Vijf keer fout")
    assert "packs[]" in page.evaluate(DUMP)


def test_the_seal_is_that_of_the_rfc(device: Here) -> None:
    """RFC 9180, A.3.1 (the same suite but for the length of the key of AES)."""
    point = (
        "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
        "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
    )
    secret = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"
    recipient = (
        "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
        "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0"
    )
    cipher = (
        "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434"
    )
    letters = [
        urlsafe_b64encode(bytes.fromhex(part)).rstrip(b"=").decode()
        for part in (secret, point[2:66], point[66:])
    ]
    told = dict(zip(("d", "x", "y"), letters, strict=True))
    found = device().evaluate(
        """async ([told, recipient]) => {
            const { seal } = await import("/static/offline/seal.js");
            const bytes = (hex) => Uint8Array.from(hex.match(/../g), (each) => parseInt(each, 16));
            const words = (text) => new TextEncoder().encode(text);
            const curve = { name: "ECDH", namedCurve: "P-256" };
            const key = (part, use) => crypto.subtle.importKey(
                "jwk", { kty: "EC", crv: "P-256", ...part }, curve, true, use);
            const { d, ...open } = told;
            const pair = { privateKey: await key(told, ["deriveBits"]), publicKey: await key(open, []) };
            const sealed = await seal(bytes(recipient), words("Ode on a Grecian Urn"),
                words("Beauty is truth, truth beauty"), { pair, aad: words("Count-0"), aes: 128 });
            return Array.from(sealed, (each) => each.toString(16).padStart(2, "0")).join("");
        }""",
        [told, recipient],
    )
    assert found == point + cipher


def test_the_pin_of_a_shared_tablet_opens_what_is_kept(browser: Browser, demo: str) -> None:
    """Who came in with it needs to prepare nothing."""
    context = browser.new_context(base_url=demo, locale="nl-NL")
    page = context.new_page()
    page.goto("/")
    page.locator("form[action='/demo/tablet/'] button").click()
    page.get_by_role("link", name="Fatima").click()
    for digit in PINS["Fatima"]:
        page.locator(f"[data-keypad] button[value='{digit}']").click()
    page.wait_for_selector(".a4-header .a4-hat")
    page.goto("/children/")
    page.wait_for_function(f"async () => /packs.*sealed/.test((await ({DUMP})()).join(' '))")
    context.set_offline(True)
    page.goto("/")
    page.get_by_role("button", name="Fatima").click()
    unlock(page, PINS["Fatima"])
    expect(page.get_by_role("button", name="Fenna")).to_be_visible()
    context.close()
