"""Tables of rows, read and written as a stream: CSV, lines of JSON, Excel. What the cells mean is not known here.

`open_sheet` gives the columns and a stream of batches. A batch is small, can be sent to another process, and is turned
into rows there by `Sheet.reading`. `CsvWriter` and `JsonLinesWriter` turn rows into bytes, `write_xlsx` writes a
workbook.
"""
