"""What hosts are told to send: the same policy as the pages have, for Netlify, Cloudflare Pages and Apache."""

from collections.abc import Mapping

import pytest

from rimay.headers import HEADERS, POLICY, create_headers
from rimay.library import Library
from rimay.page import Output
from rimay.redirects import create_redirects
from tests.hostile import hostile

APACHE = "Header always set "


def read_rules(words: str) -> dict[str, dict[str, str]]:
    """The headers of each path of a ``_headers`` file."""
    rules: dict[str, dict[str, str]] = {}
    for line in words.splitlines():
        if line.startswith("/"):
            here = rules[line] = {}
        elif not line.startswith("#"):
            name, _, value = line.strip().partition(": ")
            here[name] = value
    return rules


def content(outputs: Mapping[str, Output], path: str) -> str:
    found = outputs[path].content
    return found.decode() if isinstance(found, bytes) else found


def test_both_kinds_of_host_send_the_same(mini_outputs: Mapping[str, Output]) -> None:
    rules = read_rules(content(mini_outputs, "_headers"))
    lines = content(mini_outputs, ".htaccess").splitlines()
    apache = dict(line.removeprefix(APACHE).split(" ", 1) for line in lines if line.startswith(APACHE))

    assert rules["/*"] == HEADERS
    assert {name: value.strip('"') for name, value in apache.items()} == HEADERS


def test_a_header_is_said_once_a_path_because_hosts_add_up_the_rules_that_fit(
    mini_outputs: Mapping[str, Output],
) -> None:
    rules = read_rules(content(mini_outputs, "_headers"))

    assert not rules["/*"].keys() & rules["/assets/:file"].keys()
    assert all(len(line) < 2_000 for line in content(mini_outputs, "_headers").splitlines())


def test_the_policy_lets_in_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = dict(directive.split(" ", 1) for directive in HEADERS["Content-Security-Policy"].split("; "))

    assert directives["default-src"] == directives["form-action"] == directives["frame-ancestors"] == "'none'"
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert {word for words in directives.values() for word in words.split()} <= {
        *("'none'", "'self'", "'wasm-unsafe-eval'", "data:")
    }
    assert "data:" not in directives["script-src"]


@pytest.mark.everything
def test_every_page_carries_the_policy_and_names_assets_by_their_content() -> None:
    built = hostile()
    for document in built.documents.values():
        if document.is_redirect:
            continue
        assert document.values("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY], document.path
        assert document.values("//meta[@name='referrer']/@content") == ["no-referrer"], document.path
        for link in document.links():
            if link.element in {"script", "link"} and (link.target or "").startswith("assets/"):
                assert "?v=" in link.value, f"{document.path}: {link.value} is kept for a year"


def test_the_files_for_hosts_stand_in_the_finished_site() -> None:
    assert {"_headers", ".htaccess", "en/.htaccess"} <= hostile().tree.keys()


def test_hosts_that_know_redirects_lead_on_from_former_addresses_for_good(mini_library: Library) -> None:
    rules = dict(create_redirects(mini_library, "https://a.example/b/"))["_redirects"].decode().splitlines()

    assert "/b/campanas/agua/ /b/campanas/agua-limpia/ 301" in rules
    assert "/b/en/organisations/old-fp/ /b/en/organisations/test-federation/ 301" in rules
    assert len(rules) == sum(len(entry.record.aliases) for entry in mini_library.entries)


@pytest.mark.parametrize(("site_url", "root"), [("https://a.example/", "/"), ("https://a.example/b/", "/b/")])
def test_lost_readers_get_the_page_of_their_language_wherever_the_site_lives(site_url: str, root: str) -> None:
    files = dict(create_headers(site_url, ["", "en/"]))

    assert f"ErrorDocument 404 {root}404.html" in files[".htaccess"].decode().splitlines()
    assert files["en/.htaccess"].decode() == f"ErrorDocument 404 {root}en/404.html\n"
    assert f"{root}*" in read_rules(files["_headers"].decode())
