#!/usr/bin/python3
"""Writes the invented authority in every form: tests/authority/generate.py FOLDER [--children N]."""
import argparse
import os
import sys

sys.dont_write_bytecode = True
import forms  # noqa: E402
import model  # noqa: E402
import told  # noqa: E402


def write(folder):
    """Files of each form by its name, in the order of their names."""
    children, written = model.authority(), {}
    contents = {"census": forms.census(children), "annex-a": forms.annex_workbook(children),
                "annex-a-csv": forms.annex_csv(children), "ssd": forms.ssd(children),
                "full": forms.ndjson(children, told.FULL)}
    for form in told.FORMS:
        contents[f"told-{form.name}"] = forms.ndjson(children, form)
    for name, files in contents.items():
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        written[name] = [os.path.join(name, file) for file in sorted(files)]
        for file, content in files.items():
            with open(os.path.join(folder, name, file), "wb") as out:
                out.write(content)
    return written


def write_large(folder, count):
    """Our own form alone, for the bench: as many children as are asked for, over ten years instead of nine."""
    model.BEGINS = model.add_months(model.BEGINS, -12)
    os.makedirs(folder, exist_ok=True)
    for file, content in forms.ndjson(model.authority(count), told.FULL).items():
        with open(os.path.join(folder, file), "wb") as out:
            out.write(content)
        print(os.path.join(folder, file))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder")
    arguments.add_argument("--children", type=int, help="so many, in our own form alone; else %d in every form"
                           % model.CHILDREN)
    given = arguments.parse_args()
    if given.children:
        write_large(given.folder, given.children)
    else:
        for form_name, names in write(given.folder).items():
            print(form_name, *names)
