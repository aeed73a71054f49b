"""Rimay: YAML records in, a bilingual static site for unions out.

The pipeline, one direction, one module an arrow::

    data/ -> load -> records -> library -> check -> pages, documents, feeds, calendars -> outputs -> MkDocs
"""
