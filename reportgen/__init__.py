"""Takes a retailer's transactions, gives a branded customer-segment brief.

source ─► Transactions ─► customers ─► Crowd ─► Brief ─► ChartSpec / PageContext ─► Rendered ─► edition
"""

__version__ = "0.1.0"
