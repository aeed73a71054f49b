"""The only code that knows MkDocs: hands it the outputs of ``rimay`` and puts the finished site in place."""

import logging
import sys
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
from rimay.page import Output

#: What MkDocs was started for: a fact of the process, not of a build.
_process: dict[str, str] = {}


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
    for name in [name for name in sys.modules if name.partition(".")[0] == "rimay"]:
        del sys.modules[name]  # ``serve`` keeps the process: take up what was edited
    from rimay.outputs import Site
    from rimay.problems import DataProblems
    from rimay.progress import step
    from rimay.publish import load_marks, staging_folder

    with step("data") as current:
        try:
            preview = _process.get("command") == "serve"
            site = Site(Path(config.config_file_path).parent, _published_url(config), preview=preview)
        except DataProblems as problems:
            raise BuildError(f"\n{problems}") from None
        current.advance(len(site.library.entries))
    config.extra["rimay"] = site
    config.extra["final_dir"] = config.site_dir
    config.extra["marks"], config.extra["known_marks"] = {}, load_marks(Path(config.site_dir))
    config.site_dir = str(staging_folder(Path(config.site_dir)))
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return config


@event_priority(-110)  # after static-i18n, which makes its own files from what is on disk
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Our outputs in place of what MkDocs found; the assets go out once, with the first language."""
    from rimay.assets import create_asset
    from rimay.languages import DEFAULT
    from rimay.problems import DataProblems
    from rimay.progress import Step, step

    language = _i18n(config).current_language
    with step(f"make {language}") as current:
        try:
            outputs = _site(config).create_outputs(language)
        except DataProblems as problems:
            raise BuildError(f"\n{problems}") from None
        current.advance(len(outputs))
    config.nav = [next(output.source_uri for output in outputs if output.page)]
    config.extra["pages"] = {output.source_uri: output.page for output in outputs if output.page}
    assets = [file for file in files if language == DEFAULT and _is_asset(file, config)]
    for asset in assets:
        asset.content_bytes = create_asset(Path(str(asset.abs_src_path)))
    made = [_create_file(output, config, KeptFile if _is_kept(output, config) else File) for output in outputs]
    config.extra["writing"] = Step(f"write {language}", total=sum(file.is_documentation_page() for file in made))
    return Files([*made, *assets])


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Lines of the frame that hold a tag only are not sent to readers."""
    env.trim_blocks = env.lstrip_blocks = True
    return env


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Have the terms of the page marked; the extensions before are the same for all pages."""
    extensions = [name for name in config.markdown_extensions if isinstance(name, str)]
    marks = _site(config).create_marks(config.extra["pages"][page.file.src_uri])
    config["markdown_extensions"] = [*extensions, marks]


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


@event_priority(-110)  # after static-i18n, which builds the other languages inside this event
def on_post_build(config: MkDocsConfig) -> None:
    """When all languages are built without a warning: index them and swap the site in."""
    if _i18n(config).building or _has_warnings():
        return
    from rimay.progress import step
    from rimay.publish import keep_search_index, publish, write_marks
    from rimay.search_index import write_search_index

    staging, site = Path(config.site_dir), Path(config.extra["final_dir"])
    if _process.get("command") == "serve":
        write_marks(staging, config.extra["marks"])
        if keep_search_index(site, staging):
            publish(staging, site)
            return
    with step("search") as current:
        current.advance(write_search_index(staging))
    publish(staging, site)


def _published_url(config: MkDocsConfig) -> str:
    """Where the site will live; ``serve`` sets its own address, which would have every document made once more."""
    written = [found["site_url"] for found in config.user_configs if found.get("site_url")]
    return str(written[-1] if written else config.site_url or "")


def _site(config: MkDocsConfig) -> "Site":
    site: Site = config.extra["rimay"]
    return site


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


class KeptFile(File):
    """In the preview: something that is as it was, taken over from the site that is shown."""

    def is_documentation_page(self) -> bool:
        """Nothing to render again."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Share the file that is there."""
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(self.shown)

    shown: Path


def _is_kept(output: "Output", config: MkDocsConfig) -> bool:
    """Whether the site that the preview shows has this already, and it is not the home that MkDocs asks for."""
    if _process.get("command") != "serve":
        return False
    mark = config.extra["marks"][output.path] = _site(config).mark(output)
    known: dict[str, str] = config.extra["known_marks"]
    return known.get(output.path) == mark and output.source_uri not in (config.nav or ())


def _create_file(output: "Output", config: MkDocsConfig, kind: type[File] = File) -> File:
    file = kind.generated(config, output.source_uri, content=output.content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = output.path
    file.edit_uri = None
    if isinstance(file, KeptFile):
        file.shown = Path(config.extra["final_dir"]) / output.path
    return file


def _is_asset(file: File, config: MkDocsConfig) -> bool:
    """Files of ``docs/assets``; not the theme's own, which our frame does not use, nor document templates."""
    return PurePosixPath(file.src_uri).is_relative_to("assets") and file.src_dir == config.docs_dir


def _has_warnings() -> bool:
    """Whether ``--strict`` is about to stop this build."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)
