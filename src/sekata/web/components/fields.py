"""A bound form field as the look wants it: label, hint, error, control - wired for screen readers."""

from collections.abc import Iterable

from django import forms
from django.forms import BoundField

from sekata.web.forms import DateBoxes

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def kind_of(bound: BoundField) -> str:
    """Which partial of `web/field/` draws it: hidden, tick, choices, group, file or box."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, GROUPS):
        return "choices"
    if isinstance(widget, forms.MultiWidget):
        return "group"
    return "file" if isinstance(widget, forms.FileInput) else "box"


def anchor(bound: BoundField) -> str:
    """The id of the control that an error link should reach."""
    base = bound.field.widget.attrs.get("id") or bound.auto_id
    several = isinstance(bound.field.widget, (*GROUPS, forms.MultiWidget))
    return f"{base}_{_first_bad(bound)}" if several else base


def _first_bad(bound: BoundField) -> int:
    """Of three date boxes the first one that is wrong; otherwise the first control."""
    if isinstance(bound.field.widget, DateBoxes) and bound.errors:
        wrong = [
            error.params["part"]
            for error in bound.errors.as_data()
            if error.params and "part" in error.params
        ]
        return wrong[0] if wrong else 0
    return 0


def _described_by(bound: BoundField, hint: str) -> str:
    base = bound.auto_id
    return " ".join([f"{base}_hint"] * bool(hint) + [f"{base}_error"] * bool(bound.errors))


def _control_attributes(bound: BoundField, described: str) -> dict[str, str]:
    attributes = {}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def field_context(
    bound: BoundField, *, big: bool = False, label: str = "", hint: str = ""
) -> dict[str, object]:
    """Everything that `web/field.html` reads."""
    kind, widget = kind_of(bound), bound.field.widget
    widget.attrs.pop("placeholder", None)
    hint = hint or bound.help_text
    described = _described_by(bound, hint)
    own = {} if kind in ("choices", "group") else _control_attributes(bound, described)
    return {
        "bound": bound,
        "kind": kind,
        "partial": f"web/field/{kind}.html",
        "base": bound.auto_id,
        "target": anchor(bound),
        "label": label or bound.label,
        "hint": hint,
        "errors": list(bound.errors),
        "described": described,
        "optional": not bound.field.required and kind not in ("tick", "hidden"),
        "big": big,
        "control": bound.as_widget(attrs=own) if kind != "choices" else "",
        "unit": getattr(widget, "unit", "") or widget.attrs.get("data-unit", ""),
        "choices": _choices(bound) if kind == "choices" else (),
    }


def _choices(bound: BoundField) -> Iterable[dict[str, object]]:
    """The options of radios and boxes with their hints; groups are named before their first option."""
    widget = bound.field.widget
    hints, card = getattr(widget, "hints", {}), getattr(widget, "card", False)
    groups = _groups(bound.field.choices)
    for option in bound.subwidgets:
        if option.data["value"] == "" and not bound.field.required:
            continue
        yield {
            "tag": option.tag(),
            "id": option.id_for_label,
            "label": option.choice_label,
            "hint": hints.get(str(option.data["value"]), ""),
            "card": card,
            "group": groups.get(str(option.data["value"]), ""),
        }


def _groups(choices: Iterable) -> dict[str, object]:
    """value -> label of its group, for choices given in groups."""
    return {
        str(value): label
        for label, options in choices
        if isinstance(options, list | tuple)
        for value, _ in options
    }
