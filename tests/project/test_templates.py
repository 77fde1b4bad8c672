"""Every template compiles, and none lies about unused."""

import re

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

from tests.project.sources import TEMPLATES, python_files, templates, texts, tree

NAMED = re.compile(r"""["']([\w/.-]+\.(?:html|txt|css|svg))["']""")
CALLED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def named_somewhere() -> set[str]:
    """Template names in Python strings and in other templates; a mail's kind stands for its two texts."""
    python = {str(text.value) for path in python_files() for text in texts(tree(path))}
    parts = {word for value in python for word in NAMED.findall(f'"{value}"')}
    inside = {word for name in templates() for word in NAMED.findall((TEMPLATES / name).read_text())}
    mails = {f"mail/{value}{end}" for value in python if value.isidentifier() for end in (".txt", ".subject.txt")}
    return parts | inside | mails


def replaces_a_library_template(name: str) -> bool:
    """Whether Django, allauth or crispy brings a template of this name, which ours stands in front of."""
    return any((folder / name).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_compiles():
    broken = {}
    for name in templates():
        try:
            get_template(name)
        except TemplateDoesNotExist as fault:
            broken[name] = f"extends or includes {fault}"
        except Exception as fault:
            broken[name] = str(fault)
    assert broken == {}


def test_every_template_is_used():
    used = named_somewhere() | CALLED_BY_DJANGO
    assert [name for name in templates() if name not in used and not replaces_a_library_template(name)] == []


def test_every_include_exists():
    inside = {word for name in templates() for word in NAMED.findall((TEMPLATES / name).read_text()) if "/" in word}
    missing = {word for word in inside if word.endswith(".html") and not (TEMPLATES / word).exists()}
    assert {word for word in missing if not replaces_a_library_template(word)} == set()


def test_no_form_says_its_errors_twice():
    """A form that crispy writes whole begins with its summary of errors by itself."""
    forms = {name: re.findall(r"<form.*?</form>", (TEMPLATES / name).read_text(), re.DOTALL) for name in templates()}
    twice = [
        name
        for name, found in forms.items()
        for form in found
        if "error_summary.html" in form and "form|crispy }}" in form
    ]
    assert twice == []
