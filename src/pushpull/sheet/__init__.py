"""Tables of rows, read and written as a stream: CSV, lines of JSON, Excel. What the cells mean is not known here.

`open_sheet` gives the columns and a stream of batches. A batch is small, can be sent to another process, and is turned
into rows there by `Sheet.reading`. `CsvWriter` and `JsonLinesWriter` turn rows into bytes, `write_xlsx` writes a
workbook.
"""

from __future__ import annotations

from pushpull.sheet.cells import inert as inert
from pushpull.sheet.excel import Choices as Choices
from pushpull.sheet.excel import write_form_xlsx as write_form_xlsx
from pushpull.sheet.excel import write_xlsx as write_xlsx
from pushpull.sheet.opening import ENDINGS as ENDINGS
from pushpull.sheet.opening import open_sheet as open_sheet
from pushpull.sheet.table import Batch as Batch
from pushpull.sheet.table import Reading as Reading
from pushpull.sheet.table import Row as Row
from pushpull.sheet.table import Sheet as Sheet
from pushpull.sheet.writing import CsvWriter as CsvWriter
from pushpull.sheet.writing import JsonLinesWriter as JsonLinesWriter
from pushpull.sheet.writing import replacing as replacing
