#!/usr/bin/python3
"""Writes the invented authority in every form: tests/authority/generate.py FOLDER."""
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


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: tests/authority/generate.py FOLDER", file=sys.stderr)
        sys.exit(2)
    for folder_name, names in write(sys.argv[1]).items():
        print(folder_name, *names)
