"""What machines read of a page: schema.org Dataset, where its feed is, and llms.txt for the whole site.

Comes in: the book and records of pages. Goes out: the same records with more in their head, and text. Must
not know: how pages look, who reads it. Dates come from the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from ogi.site.book import Book, Bundle
from ogi.site.stamping import Record
from ogi.site.text import plain

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WHOLE = ("", "data/", "en/", "en/data/")  # hand-written pages that are about the whole data set
FEED = '<link rel="alternate" type="application/atom+xml" href="{}" title="{}">'

Node = Mapping[str, object]


class Machine:
    def __init__(self, book: Book, site_url: str) -> None:
        self.book = book
        self.base = site_url.rstrip("/") + "/" if site_url else ""

    def report(self, record: Record, bundle: Bundle) -> Record:
        """A report's page is a data set of the agency, made from its document."""
        report, agency, document = bundle.report, bundle.agency, bundle.document
        data = self._dataset(
            record,
            files=("index.csv", "index.json"),
            identifier=report["report_id"],
            temporalCoverage=report["year"],
            spatialCoverage=self._place(agency["region_code"]),
            about={"@type": "GovernmentOrganization", "name": plain(agency["name"])},
            isBasedOn=plain(document["source_url"] or ""),
            datePublished=report["published_on"],
            dateModified=document["retrieved_on"],
        )
        return replace(record, head=Markup("{}{}").format(record.head, _script(data)))

    def group(self, record: Record) -> Record:
        """A comparison is a data set too; an agency's page names its feed."""
        head = Markup("{}{}").format(record.head, _script(self._dataset(record, files=("index.csv", "index.json"))))
        if record.url.startswith("agencies/"):
            head += Markup(FEED).format("feed.xml", record.title)
        return replace(record, head=head)

    def hand_page(self, html: str, url: str) -> str:
        """Home and data pages describe the whole package; every hand-written page names the feed of all reports."""
        root = "../" * url.count("/")
        head = Markup(FEED).format(f"{root}feed.xml", "OGI Reports")
        if url in WHOLE:
            head += _script(self._whole(en=url.startswith("en/")))
        return html.replace("</head>", f"{head}</head>", 1)

    def llms(self) -> bytes:
        """The site in a page of Markdown, for programs that read in place of people."""
        descriptor, base = self.book.package.descriptor, self.base
        years = sorted({r["year"] for r in self.book.reports})
        resources = [
            f"- [{r['name']}]({base}data/{r['files'][0]['path']}): {r['title_en']}"
            for r in descriptor["resources"]
            if r.get("files")
        ]
        lines = [
            "# OGI Reports",
            "",
            f"> {descriptor['description_en']}",
            "",
            f"Version {descriptor['version']}, {len(self.book.live())} reports of {len(self.book.by_agency)} agencies"
            f"{f', {years[0]} to {years[-1]}' if years else ''}. Licence: CC BY 4.0, name «OGI Reports» and the version.",
            "A blank cell is not zero; `status` says what a cell holds. A government's aggregate holds its parts: "
            "never add them. Failed checks and doubts are published beside the numbers: read them first.",
            "",
            "## One record",
            "",
            f"- {base}reports/<agency_id>-<year>/index.json: everything of one report; index.csv: its cells",
            f"- {base}agencies/<agency_id>/index.json: an agency, its years and indicators; feed.xml: its reports",
            f"- {base}agencies/search.json: every agency with its other names, region, sector and years",
            f"- {base}regions/<code>/index.json, sectors/<code>/, years/<year>/, indicators/<code>/: comparisons",
            f"- {base}quality/<code>/index.csv: the reports that fail a rule, or carry a doubt, by its code",
            "",
            "## The whole",
            "",
            f"- [datapackage.json]({base}data/datapackage.json): every file, column and type (Frictionless)",
            *resources,
            f"- [feed.xml]({base}feed.xml): new and changed reports (Atom)",
            "",
            "## Read first",
            "",
            f"- [Method and limits]({base}en/method/)",
            f"- [Dictionary]({base}en/data/)",
            "",
        ]
        return "\n".join(lines).encode()

    def _dataset(self, record: Record, files: Sequence[str], **more: object) -> Node:
        url = self.base + record.url
        data = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": record.title,
            "description": f"{record.description} {self.book.package.descriptor['title']}。".ljust(50, "…"),
            "url": url,
            "inLanguage": "zh",
            "license": LICENCE,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": "OGI Reports", "url": self.base},
            "version": str(self.book.package.descriptor["version"]),
            "isPartOf": f"{self.base}data/",
            "distribution": [_download(url + name) for name in files],
            **more,
        }
        return {key: value for key, value in data.items() if value}

    def _whole(self, en: bool) -> Node:
        descriptor = self.book.package.descriptor
        years = sorted({r["year"] for r in self.book.live()})
        data = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": descriptor["title_en" if en else "title"],
            "description": descriptor["description_en" if en else "description"],
            "url": f"{self.base}{'en/' if en else ''}data/",
            "inLanguage": "en" if en else "zh",
            "keywords": descriptor["keywords"],
            "license": LICENCE,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": "OGI Reports", "url": self.base},
            "version": str(descriptor["version"]),
            "dateModified": str(descriptor.get("as_of") or ""),
            "temporalCoverage": "/".join(dict.fromkeys((years[0], years[-1]))) if years else "",
            "spatialCoverage": "中国" if not en else "China",
            "distribution": [
                _download(f"{self.base}data/datapackage.json"),
                *(_download(f"{self.base}data/{file['path']}") for r in descriptor["resources"] for file in r["files"]),
            ],
        }
        return {key: value for key, value in data.items() if value}

    def _place(self, region_code: str) -> str:
        lineage = self.book.lineage(region_code)
        return " ".join(row["zh"] for row in lineage[1:] or lineage)


def _download(url: str) -> Node:
    kind = "text/csv" if url.endswith(".csv") else "application/json"
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url}


def _script(data: Node) -> Markup:
    """JSON that no text can leave: `<` and `&` are written by their numbers."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/ld+json">' + text + "</script>")
