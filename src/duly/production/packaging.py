"""A production: records numbered, listed with their digests, certified, and checkable by whoever receives them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import rfc8785

from duly.errors import Place
from duly.letters import Addressee, Enclosure, Letterhead, Signature, Withholding, compose
from duly.production.certificate import certificate, certified_digest
from duly.production.leaks import leaks
from duly.production.marks import Mark, ProductionError
from duly.production.numbering import number

SCHEMA = "duly.production/1"
MANIFEST = "manifest.json"
CERTIFICATE = "certificate.pdf"
RECORDS = "records"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Every entry of the ZIP bears one date, so that the same production gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record to go out. `pdf` is what is produced; `source` is the SHA-256 of the original that it was made from.

    `must_not_say` are words that the gate looks for in it: what was redacted must not be found.
    """

    description: str
    pdf: bytes
    source: str
    marks: tuple[Mark, ...] = ()
    must_not_say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Production:
    """The files of a production by their names, and its manifest. `next` is the number after the last."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    next: int

    def zipped(self) -> bytes:
        """All files as one ZIP; the same production gives the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.files):
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), self.files[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def write(self, folder: Path) -> None:
        """All files into a folder that is empty or does not exist yet. Raises ProductionError otherwise."""
        if folder.exists() and any(folder.iterdir()):
            raise ProductionError(
                "The folder is not empty.", place=Place(file=str(folder)), remedy="Choose a new folder."
            )
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def enclosures(self) -> tuple[Enclosure, ...]:
        """The records as the answering letter lists them."""
        return tuple(
            Enclosure(entry["description"], entry["pages"], entry["first"], entry["last"])
            for entry in self.manifest["records"]
        )

    def withheld(self) -> tuple[Withholding, ...]:
        """What was withheld as the answering letter lists it."""
        return tuple(
            Withholding(one["number"], one["reason"], one["cite"])
            for entry in self.manifest["records"]
            for one in entry["redactions"]
        )


def package(
    records: Sequence[Record],
    *,
    office: Letterhead,
    matter_number: str,
    prefix: str,
    first: int = 1,
    on: date,
    created: datetime,
    to: Addressee | None = None,
    custodian: Signature | None = None,
    look: bool = False,
) -> Production:
    """Number the records, pass each through the gate, list them in a manifest and certify it.

    `look` lets the gate read the rendered pages by OCR too. Raises ProductionError when there is no record, or when a
    word that must not leave is still found: then nothing is made.
    """
    if not records:
        raise ProductionError("There is no record to produce.")
    for record in records:
        _gate(record, look)
    files: dict[str, bytes] = {}
    entries = []
    following = first
    for record in records:
        numbered = number(record.pdf, prefix, following)
        name = f"{RECORDS}/{numbered.first}.pdf"
        files[name] = numbered.pdf
        entries.append(_entry(name, record, numbered.pdf, numbered.numbers))
        following = numbered.next
    contents = digest_of(entries)
    letter = compose(
        certificate(
            entries, contents=contents, office=office, matter_number=matter_number, on=on, created=created, to=to,
            custodian=custodian,
        )
    )  # fmt: skip
    manifest = {
        "schema": SCHEMA,
        "matter": matter_number,
        "office": office.name,
        "date": on.isoformat(),
        "numbers": {"prefix": prefix, "first": entries[0]["first"], "last": entries[-1]["last"]},
        "records": entries,
        "contents_sha256": contents,
        "certificate": {"file": CERTIFICATE, "sha256": letter.sha256},
    }
    files[CERTIFICATE] = letter.pdf
    files[MANIFEST] = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return Production(files, manifest, following)


def digest_of(entries: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 (hex) of the canonical JSON (RFC 8785) of a manifest's records."""
    return hashlib.sha256(rfc8785.dumps([dict(entry) for entry in entries])).hexdigest()


def _gate(record: Record, look: bool) -> None:
    found = leaks(record.pdf, record.must_not_say, look=look)
    if found:
        places = sorted({leak.place for leak in found})
        raise ProductionError(
            f"“{record.description}” still holds what was to be withheld: {', '.join(places[:4])}.",
            remedy="Redact the record again and package anew.",
            code="leak",
        )


def _entry(name: str, record: Record, pdf: bytes, numbers: tuple[str, ...]) -> dict[str, Any]:
    return {
        "file": name,
        "description": record.description,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "bytes": len(pdf),
        "pages": len(numbers),
        "first": numbers[0],
        "last": numbers[-1],
        "source_sha256": record.source,
        "redactions": [
            {
                "number": numbers[mark.page - 1],
                "page": mark.page,
                "box": [str(round(value, 2)) for value in mark.box.as_list()],
                "reason": mark.reason,
                "cite": mark.cite,
            }
            for mark in record.marks
        ],
    }


def verify_package(package: Path | bytes | Mapping[str, bytes]) -> list[str]:
    """What does not hold in a production, each as a sentence; empty when everything does.

    Takes a folder, a ZIP's bytes or the files by name. Needs nothing but the production itself.
    """
    try:
        files = _files(package)
    except (zipfile.BadZipFile, OSError) as error:
        return [f"The production cannot be opened: {error}."]
    if MANIFEST not in files:
        return [f"There is no {MANIFEST}."]
    try:
        manifest = json.loads(files[MANIFEST])
        entries = manifest["records"]
        wrong = [*_wrong_files(files, manifest, entries), *_wrong_numbers(manifest, entries)]
        if digest_of(entries) != manifest["contents_sha256"]:
            wrong.append("The list of records is not the one whose digest the manifest states.")
        return [*wrong, *_wrong_certificate(files, manifest)]
    except (KeyError, TypeError, ValueError) as error:
        return [f"The manifest does not have the shape of {SCHEMA}: {error!r}."]


def _files(package: Path | bytes | Mapping[str, bytes]) -> dict[str, bytes]:
    if isinstance(package, bytes):
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    if isinstance(package, Path):
        return {
            PurePosixPath(path.relative_to(package)).as_posix(): path.read_bytes()
            for path in package.rglob("*")
            if path.is_file()
        }
    return dict(package)


def _wrong_files(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> list[str]:
    stated = {str(entry["file"]): str(entry["sha256"]) for entry in entries}
    stated[str(manifest["certificate"]["file"])] = str(manifest["certificate"]["sha256"])
    wrong = [f"{name} is missing." for name in stated if name not in files]
    wrong += [f"{name} is not in the manifest." for name in sorted(files) if name not in stated and name != MANIFEST]
    for name, digest in stated.items():
        if name in files and hashlib.sha256(files[name]).hexdigest() != digest:
            wrong.append(f"{name} is not the file that the manifest lists.")
    return wrong


def _wrong_numbers(manifest: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Numbers run on from record to record without a gap or a repetition."""
    prefix = str(manifest["numbers"]["prefix"])
    wrong, expected = [], int(str(entries[0]["first"]).removeprefix(prefix))
    for entry in entries:
        first, last = (int(str(entry[key]).removeprefix(prefix)) for key in ("first", "last"))
        if first != expected:
            wrong.append(f"{entry['file']} begins at {entry['first']}; {prefix}{expected} was to follow.")
        if last - first + 1 != int(entry["pages"]):
            wrong.append(
                f"{entry['file']} has {entry['pages']} pages but the numbers {entry['first']} to {entry['last']}."
            )
        expected = last + 1
    return wrong


def _wrong_certificate(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[str]:
    if CERTIFICATE not in files:
        return []
    stated = certified_digest(files[CERTIFICATE])
    if stated is None:
        return ["The certificate does not say which records it certifies."]
    return [] if stated == manifest["contents_sha256"] else ["The certificate was made for another list of records."]
