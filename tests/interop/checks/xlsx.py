"""A workbook read, and filled in, without a library: what is looked at is what the file says."""

import re
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Book:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        items = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"]).iter(f"{MAIN}si")
        self.strings = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]
        links = ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {link.get("Id"): link.get("Target") for link in links}
        sheets = ElementTree.fromstring(self.parts["xl/workbook.xml"]).iter(f"{MAIN}sheet")
        self.names = {sheet.get("name"): f"xl/{targets[sheet.get(RELATION)]}" for sheet in sheets}

    def sheet(self, name):
        return ElementTree.fromstring(self.parts[self.names[name]])

    def rows(self, name):
        """Each row as what its cells hold, by column letter. Cells that hold nothing are left out."""
        for row in self.sheet(name).iter(f"{MAIN}row"):
            cells = ((cell.get("r").rstrip("0123456789"), self.value(cell)) for cell in row)
            yield int(row.get("r")), {column: value for column, value in cells if value != ""}

    def value(self, cell):
        value = cell.findtext(f"{MAIN}v", "")
        return self.strings[int(value)] if cell.get("t") == "s" else value

    def validations(self, name):
        return {each.get("type") for each in self.sheet(name).iter(f"{MAIN}dataValidation")}

    def properties(self):
        """The document's own properties."""
        each = ElementTree.fromstring(self.parts["docProps/custom.xml"])
        return {one.get("name"): "".join(one.itertext()) for one in each}

    def fill(self, name, values, path):
        """Writes a copy with values in blank cells: text for texts, numbers for numbers."""
        blank, xml = self.parts[self.names[name]], self.parts[self.names[name]].decode()
        for at, value in values.items():
            is_text = isinstance(value, str)
            text = f't="inlineStr"><is><t>{escape(value)}</t></is></c>' if is_text else f"><v>{value}</v></c>"
            xml, found = re.subn(rf'(<c r="{at}"[^>]*?) ?/>', lambda cell: f"{cell[1]} {text}", xml)
            assert found == 1, f"{name}!{at} is not blank"
        self.parts[self.names[name]] = xml.encode()
        self.save(path)
        self.parts[self.names[name]] = blank
        return path

    def replace(self, text, other):
        """Has every cell that holds this text hold another."""
        texts = self.parts["xl/sharedStrings.xml"].decode()
        assert f">{escape(text)}<" in texts, f"no cell holds {text!r}"
        self.parts["xl/sharedStrings.xml"] = texts.replace(f">{escape(text)}<", f">{escape(other)}<").encode()

    def save(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in self.parts.items():
                archive.writestr(part, data)
        return path
