"""From a report and a layout's words to what the deck says: titles, lists and cells, in their order.

Does not know sizes, widths or pages.
"""
