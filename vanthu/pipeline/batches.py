"""Tập văn bản: what a file holds, one paper a document, each with its own record."""

from collections.abc import Sequence
from dataclasses import replace

import extractors
from extractors._batches import Part, cut, further, split
from models.context import Context
from models.document import Document
from vanthu.pipeline.job import Job
from vanthu.register import Paper
from vanthu.settings import Settings


def parts(document: Document, settings: Settings, *, signed: bool) -> tuple[Part, ...]:
    """What a file holds. `signed`: it bears a digital signature, and is one dispatch with all that was sent with it."""
    if not settings.split_batches:
        return (Part(document.numbers),)
    return (Part(document.numbers, proposals=further(document)),) if signed else split(document)


def of_stack(known: Context) -> Context:
    """What is known of a document in a stack: the name and the signature of the file are those of none of them."""
    return replace(known, file_name="", signed_on=None)


def papers(job: Job, known: Context, *, whole: bool = False) -> list[Paper]:
    """The documents of a file that has been read, in order; one where it is not to be split. `known`: what is known beside the text.

    `whole`: the sender says that it is one document.
    """
    document = job.read_document
    found = parts(document, job.place.settings, signed=whole or bool(job.signatures))
    if len(found) == 1 and found[0].pages == document.numbers:
        return [Paper(document, extractors.extract(document, known), proposals=found[0].proposals)]
    known = of_stack(known) if len(found) > 1 else known
    cuts = [cut(document, part.pages) for part in found]
    return [Paper(one, extractors.extract(one, known), part.pages, part.proposals) for one, part in zip(cuts, found, strict=True)]


def paper(job: Job, known: Context, pages: Sequence[int] | None, *, alone: bool, refused: Sequence[int] = ()) -> Paper:
    """One document of a file that has been read, on these pages (None: all), and where it may be two.

    `alone`: the file has no other document.
    """
    document = job.read_document if pages is None else cut(job.read_document, pages)
    known = known if alone else of_stack(known)
    proposals = further(document, refused) if job.place.settings.split_batches else ()
    return Paper(document, extractors.extract(document, known), tuple(pages) if pages is not None else None, proposals)


def divided(document: Document, pages: Sequence[int] | None, at: Sequence[int]) -> list[tuple[int, ...]]:
    """The pages of an entry (None: all of the file) shared out, a new document beginning at each page of `at`.

    A cover sheet that stands behind its document stays there.
    """
    own = tuple(pages) if pages is not None else document.numbers
    starts = [min(own), *sorted(at)]
    ends = [*starts[1:], max(own) + 1]
    return [tuple(number for number in own if start <= number < end) for start, end in zip(starts, ends, strict=True)]


def united(pages: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    """The pages of two entries as those of one; a cover sheet stays behind."""
    first = min(pages[0], other[0])
    return tuple(sorted({*pages, *other}, key=lambda number: (number < first, number)))
