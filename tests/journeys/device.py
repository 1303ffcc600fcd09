"""What one does on a device: step in, write with and without a network, look what it keeps."""

from playwright.sync_api import Page, expect

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


def step_in(page: Page, persona: str = "Fatima") -> Page:
    page.goto("/")
    page.get_by_role("button", name=persona).first.click()
    about_tess(page)
    page.evaluate("navigator.serviceWorker.ready")
    expect(page.locator("meta[name=stamp]")).to_have_count(1)
    until(
        page,
        "async () => (await caches.keys()).length === 1 && (await indexedDB.databases()).length === 1",
    )
    return page


def until(page: Page, asked: str) -> None:
    """Wait until this asynchronous script says yes: for `wait_for_function` its promise would be a yes."""
    for _time in range(150):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(100)
    raise AssertionError(asked)


def about_tess(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Tess").first.click()


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
    page.goto("/offline/")
    expect(page.locator("#offline-list [data-state=safe]:visible")).to_have_count(
        number, timeout=SETTLED
    )
    expect(page.locator("#offline-status")).to_be_hidden()


def on_the_line(page: Page, words: str) -> int:
    page.goto("/")
    about_tess(page)
    page.get_by_role("link", name="De lijn van Tess").click()
    return page.get_by_text(words, exact=True).count()
