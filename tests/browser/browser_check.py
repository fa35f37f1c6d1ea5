#!/usr/bin/env python3
"""What people do on the pages, done by a real browser at phone width against the running daemon and its demo portal: read, subscribe,
confirm, get the alert, change it, stop it. Nothing may scroll sideways, nothing may break the pages' own content policy.

usage: browser_check.py BIN_FOLDER [PICTURES_FOLDER]; 77 where there is no Chromium, chromedriver or python3-selenium.
"""
import email
import email.policy
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select
except ImportError:
    webdriver = None

PHONE, DESK = (360, 800), (1280, 900)
ADDRESS = "ainura@ngo.example"
PATIENCE = 120  # seconds until a mail must be there; the demo's first news of these words comes within 70
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED: " + what, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(find, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = find()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"waited {PATIENCE} s for {what}")


class Daemon:
    """The three roles and the demo portal, as `draftwatchd --demo` starts them, on a port and a folder of their own."""

    def __init__(self, folder, program):
        self.base = f"http://127.0.0.1:{free_port()}"
        self.mails = folder / "state/mail"
        config = folder / "draftwatch.toml"
        config.write_text(f'[web]\nlisten = "{self.base[7:]}"\nbase_url = "{self.base}"\n')
        self.log = open(folder / "log", "w+")
        self.process = subprocess.Popen([program, "--demo", "--config", config], stdout=self.log, stderr=self.log,
                                        env=os.environ | {"DRAFTWATCH_STATE": str(folder / "state")})
        wait_for(self.answers, "the pages")

    def answers(self):
        assert self.process.poll() is None, "the daemon ended: " + pathlib.Path(self.log.name).read_text()
        try:
            socket.create_connection(("127.0.0.1", int(self.base.rsplit(":", 1)[1])), 1).close()
            return True
        except OSError:
            return False

    def mail(self, subject):
        """The first mail whose subject has these words: (subject, plain text, headers)."""
        for file in sorted(self.mails.glob("**/*.eml")):
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if re.search(subject, message["subject"]):
                return message["subject"], message.get_body(("plain",)).get_content(), message
        return None

    def stop(self):
        self.process.terminate()
        check(self.process.wait(20) == 0, f"the daemon ends with {self.process.returncode}")


class Person:
    """A browser, its width, and what it saw."""

    def __init__(self, base, pictures):
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.browser = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        self.base, self.pictures = base, pictures
        self.width(PHONE)

    def width(self, size):
        self.browser.set_window_size(*size)

    def open(self, address):
        self.browser.get(address if address.startswith("http") else self.base + address)
        self.looks_right()

    def press(self, words):
        buttons = [b for b in self.browser.find_elements(By.CSS_SELECTOR, "main button, main a") if b.text.strip() == words]
        assert buttons, f"no button or link «{words}» on {self.browser.current_url}: {self.text()[:600]}"
        buttons[0].click()
        self.looks_right()

    def text(self):
        return self.browser.find_element(By.TAG_NAME, "body").text

    def sees(self, *words):
        for one in words:
            check(one in self.text(), f"{self.browser.current_url} does not say «{one}»: {self.text()[:400]!r}")

    def field(self, name):
        return self.browser.find_element(By.NAME, name)

    def looks_right(self):
        wide = self.browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check(wide <= 0, f"{self.browser.current_url} is {wide} pixels too wide")
        check(self.browser.execute_script("return document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 0"),
              f"{self.browser.current_url} has lost its style sheet")
        for entry in self.browser.get_log("browser"):
            check(entry["level"] != "SEVERE" or " 404 " in entry["message"], f"{self.browser.current_url}: {entry['message']}")
        if self.pictures:
            name = re.sub(r"[^a-z]+", "-", self.browser.current_url[len(self.base):].lower())[:30]
            self.browser.save_screenshot(str(self.pictures / f"{len(list(self.pictures.iterdir())):02d}{name}.png"))


def reads(person):
    """The front page, a draft, the sources, in three languages and at both widths."""
    for language, words in (("en", "Open for comment"), ("ky", "Сунуштарга ачык"), ("ru", "Открыто для замечаний")):
        person.open("/?lang=" + language)
        person.sees(words)
        check(person.browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == language, f"the page in {language} says it is in another language")
    wait_for(lambda: person.browser.find_elements(By.CSS_SELECTOR, "main a[href^='/d/']") or person.open("/all"), "the first drafts")
    for size in (PHONE, DESK):
        person.width(size)
        for page in ("/", "/all", "/sources", "/search?q=закон", "/subscribe"):
            person.open(page)
        person.open("/all")
        person.browser.find_element(By.CSS_SELECTOR, "main a[href^='/d/']").click()
        person.looks_right()
    person.width(PHONE)
    check(person.browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "ru", "the chosen language is forgotten")


def subscribes(person, daemon):
    person.open("/subscribe")
    person.field("address").send_keys(ADDRESS)
    person.field("query").send_keys("некоммерческих, информация")
    person.browser.find_element(By.CSS_SELECTOR, "input[name=frequency][value=immediately]").click()
    Select(person.field("zone")).select_by_value("Asia/Bishkek")
    person.press("Подписаться")
    person.sees("Проверьте почту")
    _, text, _ = wait_for(lambda: daemon.mail("одтвердите"), "the mail that asks to confirm")
    person.open(re.search(r"http\S+/confirm/\S+", text).group())
    person.press("Подтвердить")
    person.sees("Подписка подтверждена")


def is_told(person, daemon):
    subject, text, message = wait_for(lambda: daemon.mail("некоммерческ|информаци"), "the alert")
    check(re.search(r"до \d+ \w+|осталось|сегодня", subject), f"no deadline in the subject: {subject}")
    check(message["to"] == ADDRESS or ADDRESS in str(message["to"]), f"the alert goes to {message['to']}")
    person.open(re.search(re.escape(daemon.base) + r"/d/\S+", text).group())
    check(re.search("некоммерческ|информаци", person.text()), "the alert leads to another draft")
    return re.search(r"http\S+/manage/\S+", text).group()


def changes_and_stops(person, manage):
    person.open(manage)
    query = person.field("query")
    query.clear()
    query.send_keys('"публичные собрания"')
    person.browser.find_element(By.CSS_SELECTOR, "input[name=frequency][value=daily]").click()
    person.press("Сохранить")
    person.sees("Изменения сохранены")
    person.open(manage)
    check(person.field("query").get_attribute("value") == '"публичные собрания"', "the changed words are not kept")
    person.press("Отписаться")
    person.sees("Вы отписаны")


def main():
    if webdriver is None or not shutil.which("chromedriver"):
        print("SKIPPED: no chromedriver or no python3-selenium (Debian: chromium-driver python3-selenium)")
        return 77
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(pathlib.Path(folder), pathlib.Path(sys.argv[1]) / "draftwatchd")
        person = Person(daemon.base, pictures)
        try:
            reads(person)
            subscribes(person, daemon)
            changes_and_stops(person, is_told(person, daemon))
        finally:
            person.browser.quit()
            daemon.stop()
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
