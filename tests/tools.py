"""The tools that texts are made with, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec

import pytest


def _pandoc():
    if find_spec("pypandoc"):
        import pypandoc

        try:
            return pypandoc.get_pandoc_path()
        except OSError:
            pass
    return shutil.which("pandoc")


PANDOC = _pandoc()
with_pandoc = pytest.mark.skipif(
    PANDOC is None, reason="pandoc is not installed; it comes with the 'test' extra"
)
with_latex = pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="pdflatex is not installed; Debian has it in texlive-latex-base",
)


def pandoc(text, *options, cwd=None):
    """Run pandoc, and give its code, what it printed, and what it said."""
    ran = subprocess.run(
        [PANDOC, *options], check=False, input=text.encode(), capture_output=True, cwd=cwd
    )
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def pdflatex(document, folder):
    """Run LaTeX over a document in a folder, and give its code and the lines that it printed."""
    (folder / "report.tex").write_text(document, encoding="utf-8")
    ran = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "report"],
        check=False,
        cwd=folder,
        capture_output=True,
    )
    return ran.returncode, ran.stdout.decode("utf-8", "replace").splitlines()
