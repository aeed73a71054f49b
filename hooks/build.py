"""The only code that knows MkDocs: hands it the outputs of ``rimay`` and puts the finished site in place."""

import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

if TYPE_CHECKING:
    from rimay.outputs import Site
from rimay.ledger import share_file
from rimay.page import Output

#: What MkDocs was started for, and the build under way, for the events that are told neither.
_process: dict[str, Any] = {}


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is ``build`` or ``serve``."""
    _process["command"] = command


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """An editor's mistake must not stop the preview: the last good pages stay until it is mended."""

    def rebuild() -> None:
        with suppress(Abort):
            builder()

    server.builder = rebuild
    server.build_delay = 0.05
    return server


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the data once a build, afresh; build beside the last good site, never over it."""
    if "rimay" in config.extra:  # the second language of the same build
        return config
    _take_up_edits(Path(__file__).parent)
    from rimay.construction import Construction
    from rimay.languages import DEFAULT
    from rimay.problems import DataProblems, unchanged
    from rimay.progress import step

    is_preview = _process.get("command") == "serve"
    facts = (config.site_url, config.strict, _is_publishing())
    construction = Construction(_root(config), Path(config.site_dir), *facts, preview=is_preview)
    _process["construction"] = config.extra["construction"] = construction
    if not is_preview and not construction.part:
        if construction.is_current():
            print(unchanged(config.site_dir), file=sys.stderr)
            raise SystemExit
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(time.time())))  # all languages are built at one moment
        construction.start_parts(_command(config))
    from rimay.outputs import Site  # a second of work, which the other languages need not wait for

    if not is_preview:
        built = construction.part or DEFAULT
        plugin = _i18n(config)
        plugin.current_language = built
        for language in plugin.config.languages:
            language.build = language.locale == built
    with step("data") as current:
        try:
            site_url = _published_url(config) if is_preview else config.site_url
            site = Site(_root(config), str(site_url), preview=is_preview)
        except DataProblems as problems:
            raise BuildError(f"\n{problems}") from None
        current.advance(len(site.library.entries))
    config.extra["rimay"] = site
    config.site_dir = str(construction.staging)
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return config


def on_build_error(error: Exception) -> None:
    """End what other processes are building."""
    if "construction" in _process:
        _process["construction"].abandon()


def on_shutdown() -> None:
    """Leave nothing of a preview behind."""
    if _process.get("command") == "serve" and "construction" in _process:
        _process["construction"].forget()


@event_priority(-110)  # after static-i18n, which makes its own files from what is on disk
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Our outputs in place of what MkDocs found; the assets go out once, with the first language."""
    from rimay.assets import create_asset
    from rimay.languages import DEFAULT
    from rimay.problems import DataProblems
    from rimay.progress import Step, step

    language, site = _i18n(config).current_language, _site(config)
    with step(f"make {language}") as current:
        try:
            outputs = site.create_outputs(language)
        except DataProblems as problems:
            raise BuildError(f"\n{problems}") from None
        current.advance(len(outputs))
    home = next(output for output in outputs if output.page)
    config.nav = [home.source_uri]
    config.extra["pages"] = {output.source_uri: output.page for output in outputs if output.page}
    kept = config.extra["construction"].keep(outputs, site.create_fingerprints(outputs))
    kept.pop(home.path, None)  # MkDocs asks for one page
    assets = [file for file in files if language == DEFAULT and _is_asset(file, config)]
    for asset in assets:
        asset.content_bytes = create_asset(Path(str(asset.abs_src_path)))
    made = [_create_file(output, config, kept.get(output.path)) for output in outputs]
    config.extra["writing"] = Step(f"write {language}", total=sum(file.is_documentation_page() for file in made))
    return Files([*made, *assets])


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Lines of the frame that hold a tag only are not sent to readers; compiled once, it is kept for the next build."""
    from rimay.pages import CompiledTemplates

    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = CompiledTemplates(_root(config))
    return env


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Have the terms of the page marked; the extensions before are the same for all pages."""
    config.extra["construction"].stop_if_alone()
    extensions = [name for name in config.markdown_extensions if isinstance(name, str)]
    marks = _site(config).create_marks(config.extra["pages"][page.file.src_uri])
    config["markdown_extensions"] = [*extensions, marks]


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    """MkDocs would hold the Markdown of every page, twice, until the last is written."""
    page.markdown, page.file.content_string = None, ""


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """What the frame around a page needs to know."""
    context.update(_site(config).create_frame(config.extra["pages"][page.file.src_uri]))
    context["preview"] = _process.get("command") == "serve"
    context["content"] = page.content
    if context["info"].kind == "lost":  # shown at any address: its links begin at the root
        context["page"], context["base_url"] = None, context["base_path"]
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Count the pages as they are written."""
    writing = config.extra["writing"]
    writing.advance()
    if writing.count == writing.total:
        writing.finish()
    return output


@event_priority(-110)  # after static-i18n, which builds the other languages of a preview inside this event
def on_post_build(config: MkDocsConfig) -> None:
    """When all is built without a warning: index it and swap the site in."""
    if _i18n(config).building:
        return
    construction, site = config.extra["construction"], _site(config)
    if _has_warnings():
        construction.wait()
    elif not construction.finish(site.library, site.write_offline, site.verify if _is_publishing() else lambda _: []):
        from rimay.problems import unpublished

        raise Abort(unpublished())


def _take_up_edits(hooks: Path) -> None:
    """``serve`` keeps the process: import code anew if it was edited, else forget only what it read."""
    code = {file: file.stat().st_mtime_ns for file in hooks.rglob("*.py")}
    modules = [name for name in sys.modules if name.partition(".")[0] == "rimay"]
    if code != _process.get("code"):
        for name in modules:
            del sys.modules[name]
    else:
        for value in [value for name in modules for value in vars(sys.modules[name]).values()]:
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    _process["code"] = code


def _is_publishing() -> bool:
    """Whether the finished site is looked over before it takes the place of the last (``make publish``)."""
    return bool(os.environ.get("RIMAY_PUBLISH"))


def _published_url(config: MkDocsConfig) -> str:
    """Where the site will live; ``serve`` sets its own address, which would have every document made once more."""
    written = [found["site_url"] for found in config.user_configs if found.get("site_url")]
    return str(written[-1] if written else config.site_url or "")


def _command(config: MkDocsConfig) -> list[str]:
    """What builds this project in another process."""
    strict = ["--strict"] if config.strict else []
    place = ["--config-file", str(config.config_file_path), "--site-dir", str(config.site_dir)]
    return [sys.executable, "-m", "mkdocs", "build", *place, *strict]


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _site(config: MkDocsConfig) -> "Site":
    site: Site = config.extra["rimay"]
    return site


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


class KeptFile(File):
    """Something that is as it was, taken over from the last site."""

    def is_documentation_page(self) -> bool:
        """Nothing to render again."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Share the file that is there."""
        share_file(self.last, Path(self.abs_dest_path))

    last: Path


def _create_file(output: "Output", config: MkDocsConfig, last: Path | None) -> File:
    kind = KeptFile if last else File
    file = kind.generated(config, output.source_uri, content=output.content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = output.path
    file.edit_uri = None
    if isinstance(file, KeptFile) and last:
        file.last = last
    return file


def _is_asset(file: File, config: MkDocsConfig) -> bool:
    """Files of ``docs/assets``; not the theme's own, nor pictures, which go out with what they belong to."""
    from rimay.pictures import FOLDER

    path = PurePosixPath("docs", file.src_uri)
    return file.src_dir == config.docs_dir and path.is_relative_to("docs/assets") and not path.is_relative_to(FOLDER)


def _has_warnings() -> bool:
    """Whether ``--strict`` is about to stop this build."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)
