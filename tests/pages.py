"""The page that an exported notebook is, as a reader sees it."""

from bs4 import BeautifulSoup, Tag
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook


def page_of(outputs: list[NotebookNode]) -> BeautifulSoup:
    """The exported page of a notebook whose one cell has these outputs."""
    notebook = new_notebook(cells=[new_code_cell("", outputs=outputs)])
    return BeautifulSoup(HTMLExporter().from_notebook_node(notebook)[0], "html.parser")


def images_on_page(outputs: list[NotebookNode]) -> list[Tag]:
    return page_of(outputs).find_all("img")
