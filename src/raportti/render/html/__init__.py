"""From a finished plan to one self-contained HTML page, which is also what the PDF is made from."""
