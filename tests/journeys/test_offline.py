"""Without a network: nothing written is lost or can be read on the device, and "safe" is read back."""

import json
import os
import re
import signal
from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from alert4you.config.testing import chromium
from tests.conftest import FLAGS
from tests.journeys.conftest import Visit
from tests.journeys.device import DUMP, SETTLED, away, home, on_the_line, step_in, until, write

pytestmark = pytest.mark.chromium

EXCHANGE = re.compile("/offline/(items|safe)/")


def test_two_notes_are_kept_sent_and_read_back(device: Visit) -> None:
    page = device(size="phone")
    page.context.set_offline(True)
    away(page, "Tess telde tot drie.")
    away(page, "Daarna ging ze slapen.")
    expect(page.locator("#offline-status")).to_contain_text("2 notities nog op dit apparaat")
    kept = "\n".join(page.evaluate(DUMP))
    assert kept.count('"sealed"') == 2
    assert re.findall("Tess|telde|Onstein|slapen|Fatima", kept) == []
    page.context.route("**/offline/items/", never_came)
    with page.expect_response("**/offline/safe/"):
        page.context.set_offline(False)
    expect(page.locator("#offline-status")).to_contain_text("2 notities nog op dit apparaat")
    assert "\n".join(page.evaluate(DUMP)).count('"sealed"') == 2
    page.context.unroute("**/offline/items/")
    home(page, 2)
    assert on_the_line(page, "Tess telde tot drie.") == 1
    assert on_the_line(page, "Daarna ging ze slapen.") == 1


def never_came(route: Route) -> None:
    """Something on the way says that it was written; the server knows of nothing."""
    items = [
        {
            "id": each["id"],
            "state": "written",
            "digest": sha256(each["sealed"].encode()).hexdigest(),
        }
        for each in route.request.post_data_json["items"]
    ]
    route.fulfill(json={"items": items})


def test_logged_out_with_a_full_queue(device: Visit) -> None:
    """The work goes home from the door, where nobody is signed in."""
    page = device()
    page.context.route("**/offline/items/", lambda route: route.abort())
    away(page, "Tess zwaaide naar de bus.")
    page.locator("details[data-menu] summary").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(re.compile("welcome|login|/$"))
    expect(page.locator("#offline-status")).to_contain_text("1 notitie nog op dit apparaat")
    page.context.clear_cookies(name="sessionid")
    page.context.unroute("**/offline/items/")
    page.reload()
    home(page, 1)


def test_a_new_version_of_the_app_takes_the_queue_along(device: Visit) -> None:
    page = device()
    page.context.set_offline(True)
    away(page, "Tess bouwde een toren.")
    page.evaluate("""async () => {
        await caches.open("shell-of-before");
        await (await navigator.serviceWorker.getRegistration()).unregister();
    }""")
    page.context.route("**/offline/items/", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    until(page, "async () => !(await caches.keys()).includes('shell-of-before')")
    expect(page.locator("#offline-status")).to_contain_text("1 notitie nog op dit apparaat")
    page.context.unroute("**/offline/items/")
    page.context.route("**/offline/items/", as_before)
    page.reload()
    expect(page.locator("#messages")).to_contain_text("nieuwe versie", timeout=SETTLED)
    page.context.unroute("**/offline/items/")
    home(page, 1)


def as_before(route: Route) -> None:
    """What an app of the version before would send."""
    route.continue_(post_data=json.dumps({**route.request.post_data_json, "version": 0}))


def test_a_network_that_comes_and_goes(device: Visit) -> None:
    page = device()
    address = page.url
    for number in range(5):
        page.goto(address)
        write(page, f"Tess klom {number} treden.")
        for away_now in (True, False) * 2:
            page.context.set_offline(away_now)
            page.wait_for_timeout(300)
    home(page, 5)
    on_the_line(page, "Tess klom 0 treden.")
    found = [page.get_by_text(f"Tess klom {n} treden.", exact=True).count() for n in range(5)]
    assert found == [1] * 5


def test_lost_answers_make_no_loss_and_no_double(device: Visit) -> None:
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
        away(page, f"Tess sprong {number} keer.")
    page.context.route(EXCHANGE, lossy)
    page.context.set_offline(False)
    expect(page.locator("#offline-status")).to_be_hidden(timeout=2 * SETTLED)
    page.context.unroute(EXCHANGE)
    assert len(heard) == 2
    home(page, 3)
    assert on_the_line(page, "Tess sprong 0 keer.") == 1
    assert [page.get_by_text(f"Tess sprong {n} keer.", exact=True).count() for n in (1, 2)] == [
        1,
        1,
    ]


def test_a_slow_answer_is_not_waited_for(device: Visit) -> None:
    page = device()
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    told = {"offline": False, "latency": 4000, "downloadThroughput": -1, "uploadThroughput": -1}
    slow.send("Network.emulateNetworkConditions", told)
    away(page, "Tess at een hele appel.")
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
    away(page, "Tess troostte haar pop.")
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


def test_what_the_server_refuses_stays_on_the_screen(device: Visit) -> None:
    page = device()
    also = page.locator("fieldset#id_also label.note-pick")
    name = also.first.inner_text().strip()
    also.first.click()
    write(page, f"{name} en Tess bouwden samen.")
    expect(page.locator("#messages [role=alert]")).to_contain_text("zou dan ook bij de andere")
    expect(page.locator("textarea").first).to_have_value(f"{name} en Tess bouwden samen.")
    assert "items[]" in page.evaluate(DUMP)


def test_a_device_that_keeps_nothing_says_so(device: Visit) -> None:
    page = device()
    page.evaluate("""() => { IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError"); } }""")
    page.context.set_offline(True)
    write(page, "Tess lachte hardop.")
    expect(page.locator("#messages [role=alert]")).to_contain_text("kan niets bewaren")
    expect(page.locator("textarea").first).to_have_value("Tess lachte hardop.")
    page.context.set_offline(False)
    page.get_by_role("main").get_by_role("button", name="Opslaan", exact=True).click()
    page.wait_for_url("/")
    assert on_the_line(page, "Tess lachte hardop.") == 1


def test_the_seal_is_that_of_the_rfc(device: Visit) -> None:
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
